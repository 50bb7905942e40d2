#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/values.h"
#include "core/lesson/enum_names.h"
#include "core/lesson/locale.h"
#include "core/session/enum_names.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

using OptionalText = std::optional<std::string>;

// Options as typed. Commands share them, as only one command runs.
struct Typed {
  OptionalText theme, language, scale;
  OptionalText lesson, scene, layer, view;
  OptionalText format, step, steps, granularity, size, frames_per_second;
  OptionalText out, session, code_target;
  OptionalText algorithm;
  OptionalText seed, count, template_id;
};

// "dark, light or projector": the words of a table.
template <typename Table>
std::string either(const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.size(); ++i) {
    text += i == 0 ? "" : i + 1 < table.size() ? ", " : " or ";
    text += table[i].first;
  }
  return text;
}

// Adds options to a command. When an option is given twice, the last one counts.
class Options {
 public:
  Options(CLI::App& app, Typed& typed) : app_(app), typed_(typed) {
    add("--theme", typed_.theme, either(session::kThemes));
    add("--lang", typed_.language,
        either(lesson::kLanguages) + "; without it the language of the environment");
    add("--scale", typed_.scale, "size of text and lines; without it height/1080, at least 1");
  }

  Options& required(const char* name, OptionalText& value, const std::string& help) {
    add(name, value, help)->required();
    return *this;
  }
  Options& optional(const char* name, OptionalText& value, const std::string& help) {
    add(name, value, help);
    return *this;
  }
  Options& place() {
    optional("--scene", typed_.scene, "which scene of the lesson, 1 by default");
    return optional("--layer", typed_.layer, "which layer of the scene, 1 by default");
  }
  Options& views() {
    return optional("--view", typed_.view,
                    either(lesson::kViews) +
                        "; two with a comma stand side by side; without it what the scene says");
  }
  Options& still() {
    optional("--step", typed_.step, "a position counted from 0, last, or start for the empty map");
    return optional("--granularity", typed_.granularity, either(session::kGranularities));
  }
  Options& algorithm() {
    return optional(
        "--algorithm", typed_.algorithm,
        "how the engine computes: auto (by default), exact, direct, gemm, winograd, fft "
        "or separable; a layer that one can't compute takes the fastest that can");
  }
  // What stands below the options in the help.
  Options& example(const std::string& line) {
    app_.footer("Example: " + line);
    return *this;
  }
  Options& size() { return optional("--size", typed_.size, "WIDTHxHEIGHT, 1280x720 by default"); }

 private:
  CLI::Option* add(const char* name, OptionalText& value, const std::string& help) {
    return app_.add_option(name, value, help)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->type_name("");
  }

  CLI::App& app_;
  Typed& typed_;
};

constexpr const char* kLessonHelp = "a bundled id, a lesson file, or an image";

void declare(CLI::App& app, Typed& typed) {
  app.set_version_flag("--version", "convscope " CONVSCOPE_VERSION);
  app.require_subcommand(0, 1);
  app.footer(
      "Settings lie in $XDG_CONFIG_HOME/convscope (else ~/.config/convscope), unsaved work of a "
      "program that died in $XDG_STATE_HOME/convscope/autosave (else "
      "~/.local/state/convscope/autosave).\n"
      "Exit status: 0 done, 1 bad input, 2 wrong usage, 3 this machine can't (or not yet "
      "possible).");
  Options(app, typed)
      .optional("LESSON", typed.lesson, kLessonHelp)
      .algorithm()
      .optional("--size", typed.size, "WIDTHxHEIGHT of the window; without it as it was left");

  Options(*app.add_subcommand("lessons", "List the bundled lessons"), typed)
      .optional("--format", typed.format, "text or json");
  Options(*app.add_subcommand("run", "Print the numbers: shapes, feature maps, one step"), typed)
      .required("LESSON", typed.lesson, kLessonHelp)
      .place()
      .still()
      .algorithm()
      .optional("--format", typed.format, "text or json")
      .optional("--out", typed.out, "a folder for input, weight, bias and output as .npy");
  Options(*app.add_subcommand("render", "Draw the stage into a picture or an animation"), typed)
      .required("LESSON", typed.lesson, kLessonHelp)
      .required("--out", typed.out,
                "FILE, its format by its ending: " + files::export_endings(true))
      .place()
      .views()
      .still()
      .algorithm()
      .optional("--steps", typed.steps, "A:B, the positions of an animation, both included")
      .size()
      .optional("--fps", typed.frames_per_second,
                "frames per second of an animation, 30 by default");
  Options(*app.add_subcommand("screenshot", "Draw the whole window, with no display"), typed)
      .optional("LESSON", typed.lesson, kLessonHelp)
      .required("--out", typed.out, "FILE.png")
      .place()
      .views()
      .still()
      .algorithm()
      .size();
  Options(*app.add_subcommand("replay", "Drive a session by the actions of a file"), typed)
      .required("ACTIONS", typed.lesson, "a file of actions (JSON)")
      .optional("--session", typed.session, "where to write the session at the end (JSON)")
      .optional("--out", typed.out, "FILE.png, the window at the end")
      .algorithm()
      .size();
  Options(*app.add_subcommand("quiz", "Print questions, the same ones for the same seed"), typed)
      .required("LESSON", typed.lesson, std::string(kLessonHelp) + "; all: every bundled lesson")
      .optional("--seed", typed.seed, "which questions, 0 by default")
      .optional("--count", typed.count, "how many, 10 by default, at most 1000")
      .optional("--template", typed.template_id, "questions of this template alone, 1a to 17b")
      .optional("--format", typed.format,
                "text and html: for paper, with a page of answers; json: for scripts")
      .example("convscope quiz stride --seed 7 --count 5 --format html > quiz.html");
  Options(*app.add_subcommand("check", "Check a lesson's questions and exercises"), typed)
      .required("LESSON", typed.lesson, kLessonHelp)
      .example("convscope check my-lesson.json");
  Options(*app.add_subcommand("code", "The same layer as a program (not yet)"), typed)
      .required("LESSON", typed.lesson, kLessonHelp)
      .required("--as", typed.code_target, "pytorch, numpy or tensorflow");
}

// The parsed value, or `fallback` if the option was not given.
template <typename Parse, typename Value>
Value value_or(const OptionalText& text, const Parse& parse, Value fallback) {
  return text ? Value(parse(*text)) : fallback;
}

template <typename Parse>
auto optional_value(const OptionalText& text, const Parse& parse) {
  return text ? std::optional(parse(*text)) : std::nullopt;
}

Look look_of(const Typed& typed, lesson::Language environment) {
  Look look;
  look.theme = value_or(typed.theme, parse_theme, session::Theme::kDark);
  look.language = value_or(typed.language, parse_language, environment);
  look.scale = optional_value(typed.scale, parse_scale);
  look.theme_given = typed.theme.has_value();
  look.language_given = typed.language.has_value();
  return look;
}

Place place_of(const Typed& typed) {
  Place place;
  if (typed.scene) {
    place.scene = parse_number("--scene", *typed.scene);
  }
  if (typed.layer) {
    place.layer = parse_number("--layer", *typed.layer);
  }
  place.views = optional_value(typed.view, parse_views);
  return place;
}

conv::Algorithm algorithm_of(const Typed& typed) {
  return value_or(typed.algorithm, parse_algorithm, conv::Algorithm::kAuto);
}

command::Run run_command(const Typed& typed) {
  return {.lesson = *typed.lesson,
          .place = place_of(typed),
          .step = optional_value(typed.step, parse_step),
          .format = value_or(typed.format, parse_output_format, OutputFormat::kText),
          .granularity = optional_value(typed.granularity, parse_granularity),
          .algorithm = algorithm_of(typed),
          .out = typed.out};
}

command::Render render_command(const Typed& typed) {
  command::Render render;
  render.lesson = *typed.lesson;
  render.place = place_of(typed);
  render.out = *typed.out;
  render.step = optional_value(typed.step, parse_step);
  render.steps = optional_value(typed.steps, parse_steps);
  render.granularity =
      value_or(typed.granularity, parse_granularity, session::Granularity::kPosition);
  render.algorithm = algorithm_of(typed);
  render.size = value_or(typed.size, parse_size, PixelSize{});
  render.frames_per_second = value_or(typed.frames_per_second, parse_frames_per_second, 30);
  if (render.step && render.steps) {
    throw Failure({"usage_step_or_steps", "--steps", {}});
  }
  render.format = &render_format(render.out);
  if (render.steps && !render.format->animated) {
    throw Failure({"usage_steps_still", "--steps", {}});
  }
  return render;
}

command::Screenshot screenshot_command(const Typed& typed) {
  check_png(*typed.out);
  return {.lesson = typed.lesson.value_or(""),
          .place = place_of(typed),
          .out = *typed.out,
          .step = optional_value(typed.step, parse_step),
          .granularity =
              value_or(typed.granularity, parse_granularity, session::Granularity::kPosition),
          .algorithm = algorithm_of(typed),
          .size = value_or(typed.size, parse_size, PixelSize{})};
}

command::Replay replay_command(const Typed& typed) {
  if (typed.out) {
    check_png(*typed.out);
  }
  return {.actions = *typed.lesson,
          .session = typed.session,
          .out = typed.out,
          .algorithm = algorithm_of(typed),
          .size = value_or(typed.size, parse_size, PixelSize{})};
}

command::Quiz quiz_command(const Typed& typed) {
  command::Quiz quiz;
  quiz.lesson = *typed.lesson;
  quiz.seed = value_or(typed.seed, parse_seed, quiz.seed);
  quiz.count = value_or(typed.count, parse_count, quiz.count);
  quiz.template_only = value_or(typed.template_id, parse_template, quiz.template_only);
  quiz.format = value_or(typed.format, parse_quiz_format, quiz.format);
  return quiz;
}

Command command_of(const CLI::App& app, const Typed& typed) {
  if (app.get_subcommands().empty()) {
    return command::Window{.lesson = typed.lesson.value_or(""),
                           .algorithm = algorithm_of(typed),
                           .size = optional_value(typed.size, parse_size)};
  }
  const std::string& name = app.get_subcommands().front()->get_name();
  if (app.get_option("LESSON")->count() > 0) {  // convscope LESSON run
    throw Failure({"usage_unexpected", "", {{"argument", name}}});
  }
  if (name == "lessons") {
    return command::Lessons{value_or(typed.format, parse_output_format, OutputFormat::kText)};
  }
  if (name == "run") {
    return run_command(typed);
  }
  if (name == "render") {
    return render_command(typed);
  }
  if (name == "screenshot") {
    return screenshot_command(typed);
  }
  if (name == "replay") {
    return replay_command(typed);
  }
  if (name == "quiz") {
    return quiz_command(typed);
  }
  if (name == "check") {
    return command::Check{*typed.lesson};
  }
  check_code_target(*typed.code_target);
  throw Failure({"not_yet", "", {{"what", "convscope code"}}});
}

std::string up_to(const std::string& text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

// CLI11's messages are English only, so its errors are translated by their kind.
Failure usage_failure(const CLI::ParseError& error) {
  const std::string message = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::size_t colon = message.find(": ");
    return Failure(
        {"usage_unexpected",
         "",
         {{"argument", colon == std::string::npos ? message : message.substr(colon + 2)}}});
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return Failure({"usage_missing", "", {{"option", up_to(message, " is required")}}});
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return Failure({"usage_no_value", "", {{"option", up_to(message, ":")}}});
  }
  return Failure({"usage_general", "", {{"reason", message}}});
}

}  // namespace

CommandLine parse_command_line(std::span<const std::string> arguments,
                               lesson::Language environment) {
  CLI::App app("Convscope makes convolution visible. Without a command it opens the window.",
               "convscope");
  Typed typed;
  declare(app, typed);
  try {
    // CLI11 wants the arguments in reverse order.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return {{}, command::ShowText{app.help()}};
  } catch (const CLI::CallForVersion& version) {
    return {{}, command::ShowText{std::string(version.what()) + "\n"}};
  } catch (const CLI::ParseError& error) {
    throw usage_failure(error);
  }
  const Look look = look_of(typed, environment);
  return {look, command_of(app, typed)};
}

lesson::Language language_of(std::span<const std::string> arguments, lesson::Language environment) {
  constexpr std::string_view kOption = "--lang";
  lesson::Language language = environment;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view value;
    if (arguments[i] == kOption && i + 1 < arguments.size()) {
      value = arguments[i + 1];
    } else if (arguments[i].starts_with(kOption) && arguments[i].size() > kOption.size() &&
               arguments[i][kOption.size()] == '=') {
      value = std::string_view(arguments[i]).substr(kOption.size() + 1);
    }
    for (const auto& [word, known] : lesson::kLanguages) {
      language = value == word ? known : language;
    }
  }
  return language;
}

picture::Viewport viewport_of(const PixelSize& size, const Look& look) {
  const auto height = static_cast<float>(size.height);
  return {static_cast<float>(size.width), height,
          look.scale.value_or(std::max(1.0F, height / 1080.0F))};
}

}  // namespace convscope::cli
