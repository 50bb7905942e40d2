#include "app/cli/command_line.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/cli/completion.h"
#include "app/cli/manual.h"
#include "app/cli/run/arrays_out.h"
#include "app/cli/syntax.h"
#include "app/cli/values.h"
#include "app/files/system/file_io.h"
#include "core/lesson/enum_names.h"
#include "core/lesson/locale.h"
#include "core/session/action.h"
#include "core/session/enum_names.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

// Not among the languages that are offered: it is for authors and tests.
constexpr const char* kPseudoLanguage = "pseudo";

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
  look.pseudo = typed.language == kPseudoLanguage;
  look.language = look.pseudo ? lesson::Language::kEnglish
                              : value_or(typed.language, parse_language, environment);
  look.scale = optional_value(typed.scale, parse_scale);
  look.theme_given = typed.theme.has_value();
  look.language_given = typed.language.has_value();
  return look;
}

// Only layers read an INPUT, and they have brackets.
files::OpenOptions opening_of(const Typed& typed) {
  if (typed.input && !files::may_be_layers(typed.lesson.value_or(""))) {
    throw Failure({"usage_unexpected", "", {{"argument", *typed.input}}});
  }
  return {.input = typed.input.value_or(""),
          .weights = typed.watch.value_or(""),
          .shrink = typed.shrink};
}

// The scene, the layer and the views.
Place viewed_place(const Typed& typed) {
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

Place place_of(const Typed& typed) {
  Place place = viewed_place(typed);
  place.opening = opening_of(typed);
  return place;
}

conv::Algorithm algorithm_of(const Typed& typed) {
  return value_or(typed.algorithm, parse_algorithm, conv::Algorithm::kAuto);
}

command::Run run_command(const Typed& typed) {
  command::Run run = {.lesson = *typed.lesson,
                      .place = place_of(typed),
                      .step = optional_value(typed.step, parse_step),
                      .format = value_or(typed.format, parse_output_format, OutputFormat::kText),
                      .granularity = optional_value(typed.granularity, parse_granularity),
                      .algorithm = algorithm_of(typed),
                      .out = typed.out,
                      .tensor = optional_value(typed.tensor, parse_run_tensor),
                      .explain = typed.explain};
  const code::NumberFormat* format = run.out ? number_format_of(*run.out) : nullptr;
  if (run.tensor && (format == nullptr || format->of_scene)) {
    throw Failure({"usage_tensor", "--tensor", {}});
  }
  return run;
}

// Throws where an option does not go with one of the formats.
void check_format(const command::Render& render, const files::ExportFormat& format) {
  if (render.steps && !format.animated && !render.sheet) {
    throw Failure({"usage_steps_still", "--steps", {{"endings", files::animation_endings()}}});
  }
  if (render.sheet && !format.still) {
    throw Failure({"usage_sheet_format", "--sheet", {{"endings", files::export_endings(false)}}});
  }
  if (render.transparent && !format.transparent) {
    throw Failure(
        {"usage_transparent",
         "--background",
         {{"format", std::string(format.extension)}, {"endings", files::transparent_endings()}}});
  }
}

// One file, or a folder of them.
void read_outputs(command::Render& render, const Typed& typed) {
  if (!typed.out && !typed.out_dir) {
    throw Failure({"usage_missing", "", {{"option", "--out"}}});
  }
  if (typed.out && typed.out_dir) {
    throw Failure({"usage_out_or_dir", "--out", {}});
  }
  if (typed.format && typed.out) {
    throw Failure({"usage_format_dir", "--format", {}});
  }
  if (typed.out) {
    if (!typed.more_lessons.empty()) {
      throw Failure({"usage_unexpected", "", {{"argument", typed.more_lessons.front()}}});
    }
    render.place.opening = opening_of(typed);
    render.out = *typed.out;
    render.format = &render_format(render.out);
    check_format(render, *render.format);
    render.animated = is_animated(render);
    return;
  }
  if (!typed.format) {
    throw Failure({"usage_missing", "", {{"option", "--format"}}});
  }
  render.out_dir = *typed.out_dir;
  std::error_code ignored;
  if (files::export_format_of(*render.out_dir) != nullptr &&
      !std::filesystem::is_directory(*render.out_dir, ignored)) {
    throw Failure({"usage_out_dir_file", "--out-dir", {{"file", *typed.out_dir}}});
  }
  render.lessons = {*typed.lesson};
  if (typed.input) {
    render.lessons.push_back(*typed.input);
  }
  render.lessons.insert(render.lessons.end(), typed.more_lessons.begin(), typed.more_lessons.end());
  render.formats = parse_formats(*typed.format);
  render.place.opening.shrink = typed.shrink;
  for (const files::ExportFormat* format : render.formats) {
    check_format(render, *format);
  }
}

command::Render render_command(const Typed& typed) {
  command::Render render;
  render.lesson = *typed.lesson;
  render.place = viewed_place(typed);
  render.step = optional_value(typed.step, parse_step);
  render.steps = optional_value(typed.steps, parse_steps);
  render.granularity =
      value_or(typed.granularity, parse_granularity, session::Granularity::kPosition);
  render.algorithm = algorithm_of(typed);
  render.size = optional_value(typed.size, parse_size);
  render.frames_per_second = value_or(typed.frames_per_second, parse_frames_per_second, 30);
  render.sheet = optional_value(typed.sheet, parse_columns);
  render.transparent = value_or(typed.background, parse_transparent, false);
  render.print = value_or(typed.style, parse_print, false);
  render.what = value_or(typed.what, parse_what, session::ExportChoice::What::kStage);
  if (render.step && render.steps) {
    throw Failure({"usage_step_or_steps", "--steps", {}});
  }
  if (render.step && render.sheet) {
    throw Failure({"usage_sheet_step", "--step", {}});
  }
  read_outputs(render, typed);
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

command::Describe describe_command(const Typed& typed) {
  return {.lesson = *typed.lesson,
          .place = place_of(typed),
          .step = optional_value(typed.step, parse_step),
          .granularity =
              value_or(typed.granularity, parse_granularity, session::Granularity::kPosition)};
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

// A page under the name of something else would open wrongly. Without an ending it is a name.
void check_page(const OptionalText& out) {
  const std::string ending = out ? files::lower_extension(*out) : "";
  if (!ending.empty() && ending != ".html" && ending != ".htm") {
    throw Failure({"usage_format", "--out", {{"file", *out}, {"allowed", ".html"}}});
  }
}

command::Code code_command(const Typed& typed) {
  command::Code code;
  code.lesson = *typed.lesson;
  code.place = place_of(typed);
  code.target = &parse_code_target(*typed.code_target);
  code.out = typed.out;
  if (code.out) {
    check_ending(*code.out, code.target->ending);
  }
  if (!code.target->of_moment && (typed.step || typed.layer)) {
    throw Failure({"usage_code_moment", typed.step ? "--step" : "--layer", {}});
  }
  if (code.target->binary && !code.out) {
    throw Failure({"usage_code_out", "--out", {{"target", std::string(code.target->word)}}});
  }
  if (typed.step) {
    code.step = parse_code_step(*typed.step);
  }
  return code;
}

Command command_of(const Syntax& syntax, const Typed& typed) {
  const CLI::App& app = syntax.app;
  if (app.get_subcommands().empty()) {
    return command::Window{.lesson = typed.lesson.value_or(typed.watch.value_or("")),
                           .algorithm = algorithm_of(typed),
                           .size = optional_value(typed.size, parse_size),
                           .opening = opening_of(typed),
                           .watch = typed.watch.has_value()};
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
  if (name == "describe") {
    return describe_command(typed);
  }
  if (name == "handout") {
    check_page(typed.out);
    return command::Handout{.lesson = *typed.lesson,
                            .opening = opening_of(typed),
                            .answers = !typed.no_answers,
                            .out = typed.out};
  }
  if (name == "answers") {
    return command::Answers{*typed.lesson};
  }
  if (name == "actions") {
    return command::ShowText{session::action_reference()};
  }
  if (name == "manual") {
    return command::ShowText{manual_page(syntax)};
  }
  if (name == "completion") {
    return command::ShowText{completion(syntax, parse_shell(*typed.shell))};
  }
  return code_command(typed);
}

std::string up_to(const std::string& text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

// The first argument that is too much. CLI11 names all of them, in an order of its own.
std::string first_of(std::span<const std::string> arguments, const std::string& extras) {
  const std::string listed = " " + extras + " ";
  const auto first = std::ranges::find_if(arguments, [&](const std::string& argument) {
    return listed.find(" " + argument + " ") != std::string::npos;
  });
  return first == arguments.end() ? extras : *first;
}

// CLI11's messages are English only, so its errors are translated by their kind.
Failure usage_failure(const CLI::ParseError& error, std::span<const std::string> arguments) {
  const std::string message = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::size_t colon = message.find(": ");
    return Failure({"usage_unexpected",
                    "",
                    {{"argument", first_of(arguments, colon == std::string::npos
                                                          ? message
                                                          : message.substr(colon + 2))}}});
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
  Typed typed;
  Syntax syntax(typed);
  CLI::App& app = syntax.app;
  try {
    // CLI11 wants the arguments in reverse order.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return {{}, command::ShowText{app.help()}};
  } catch (const CLI::CallForVersion& version) {
    return {{}, command::ShowText{std::string(version.what()) + "\n"}};
  } catch (const CLI::ParseError& error) {
    throw usage_failure(error, arguments);
  }
  const Look look = look_of(typed, environment);
  return {look, command_of(syntax, typed)};
}

bool is_animated(const command::Render& what) {
  return what.format->animated && !what.sheet && !(what.format->still && what.step);
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
