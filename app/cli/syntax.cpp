#include "app/cli/syntax.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "app/cli/command_line.h"
#include "app/cli/completion.h"
#include "app/cli/values.h"
#include "app/cli/version.h"
#include "app/files/export_format.h"
#include "app/files/lesson_file.h"
#include "core/code/numbers/number_format.h"
#include "core/lesson/build/pictures.h"
#include "core/lesson/enum_names.h"
#include "core/session/enum_names.h"

namespace convscope::cli {
namespace {

using Words = std::vector<std::string>;

template <typename Table>
Words words_of(const Table& table) {
  Words words;
  std::ranges::transform(table, std::back_inserter(words),
                         [](const auto& row) { return std::string(row.first); });
  return words;
}

Words algorithm_words() {
  Words words;
  std::ranges::transform(conv::kAlgorithms, std::back_inserter(words),
                         [](conv::Algorithm algorithm) { return std::string(name_of(algorithm)); });
  return words;
}

Words code_words() {
  Words words;
  std::ranges::transform(code::code_targets(), std::back_inserter(words),
                         [](const code::CodeTarget& target) { return std::string(target.word); });
  return words;
}

// "dark, light or projector".
std::string either(const Words& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 < words.size() ? ", " : " or ";
    text += words[i];
  }
  return text;
}

// "0 done, 1 bad input".
std::string joined(std::span<const Entry> entries, const char* between) {
  std::string text;
  for (const Entry& entry : entries) {
    text += (text.empty() ? "" : "; ") + std::string(entry.term) + between + entry.meaning;
  }
  return text;
}

constexpr const char* kLessonHelp =
    "a bundled id, a lesson file, an image, arrays (.npy, .npz, .safetensors), layers as code "
    "(\"nn.Conv2d(3, 8, 3)\"), or a built-in picture (cat)";

// Adds options to a command. When an option is given twice, the last one counts.
class Options {
 public:
  Options(Syntax& syntax, CLI::App& app, Typed& typed) : syntax_(syntax), app_(app), typed_(typed) {
    choice("--theme", typed_.theme, words_of(session::kThemes));
    choice("--lang", typed_.language, words_of(lesson::kLanguages),
           "; without it the language of the environment");
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
  // One of a list of words, which the help shows.
  Options& choice(const char* name, OptionalText& value, Words words,
                  const std::string& remark = "") {
    CLI::Option* option = add(name, value, either(words) + remark);
    syntax_.words[option] = std::move(words);
    return *this;
  }
  Options& required_choice(const char* name, OptionalText& value, Words words) {
    choice(name, value, std::move(words));
    app_.get_option(name)->required();
    return *this;
  }
  Options& lesson(const std::string& remark = "") {
    CLI::Option* option = add("LESSON", typed_.lesson, kLessonHelp + remark);
    syntax_.words[option] = files::bundled_lesson_ids();
    for (const lesson::BuiltInPicture& picture : lesson::kPictures) {
      syntax_.words[option].emplace_back(picture.name);
    }
    return *this;
  }
  Options& required_lesson() {
    lesson();
    app_.get_option("LESSON")->required();
    return *this;
  }
  // What is opened along with the lesson, and how.
  Options& opening() {
    optional("INPUT", typed_.input,
             "an image, an array or a built-in picture that layers as code read");
    app_.add_flag("--shrink", typed_.shrink,
                  "scale an image down that is too large, to at most 50 megapixels");
    return *this;
  }
  Options& flag(const char* name, bool& value, const std::string& help) {
    app_.add_flag(name, value, help);
    return *this;
  }
  Options& required_lesson_or_all() {
    lesson(std::string("; ") + kAllLessons + ": every bundled lesson");
    CLI::Option* option = app_.get_option("LESSON")->required();
    syntax_.words[option].emplace_back(kAllLessons);
    return *this;
  }
  Options& place() {
    optional("--scene", typed_.scene, "which scene of the lesson, 1 by default");
    return optional("--layer", typed_.layer, "which layer of the scene, 1 by default");
  }
  Options& views() {
    return choice("--view", typed_.view, words_of(lesson::kViews),
                  "; two with a comma stand side by side; without it what the scene says");
  }
  Options& still() {
    optional("--step", typed_.step, "a position counted from 0, last, or start for the empty map");
    return choice("--granularity", typed_.granularity, words_of(session::kGranularities));
  }
  Options& algorithm() {
    return choice("--algorithm", typed_.algorithm, algorithm_words(),
                  ": how the engine computes, auto by default; a layer that one can't compute "
                  "takes the fastest that can");
  }
  // Adds a line below the options in the help.
  Options& example(const std::string& line) {
    app_.footer("Example: " + line);
    return *this;
  }
  Options& more_lessons() {
    CLI::Option* option = app_.add_option("MORE", typed_.more_lessons,
                                          "with --out-dir: more lessons; INPUT is one, too");
    option->type_name("");
    syntax_.words[option] = files::bundled_lesson_ids();
    return *this;
  }
  Options& sheet() {
    add("--sheet", typed_.sheet,
        "a grid of all steps on one page, of so many columns; without a number about as many as "
        "rows")
        ->expected(0, 1);
    return *this;
  }
  Options& size() { return optional("--size", typed_.size, "WIDTHxHEIGHT, 1280x720 by default"); }

 private:
  CLI::Option* add(const char* name, OptionalText& value, const std::string& help) {
    return app_.add_option(name, value, help)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->type_name("");
  }

  Syntax& syntax_;
  CLI::App& app_;
  Typed& typed_;
};

}  // namespace

Syntax::Syntax(Typed& typed)
    : app("Convscope makes convolution visible. Without a command it opens the window.",
          "convscope") {
  app.set_version_flag("--version", version_text());
  app.require_subcommand(0, 1);
  const std::string statuses = "Exit status: " + joined(kExitStatuses, " ") + ".";
  app.footer(statuses);  // also used by commands without an example
  Options(*this, app, typed)
      .lesson()
      .opening()
      .optional("--watch", typed.watch,
                "a file: the window follows its changes; weights for the layers of LESSON, or the "
                "lesson itself")
      .algorithm()
      .optional("--size", typed.size, "WIDTHxHEIGHT of the window; without it as it was left");
  const auto command = [&](const char* name, const char* what) {
    return Options(*this, *app.add_subcommand(name, what), typed);
  };
  command("lessons", "List the bundled lessons")
      .choice("--format", typed.format, {"text", "json"})
      .example("convscope lessons --format json");
  command("run", "Print the numbers: shapes, feature maps, one step")
      .required_lesson()
      .opening()
      .place()
      .still()
      .algorithm()
      .choice("--format", typed.format, {"text", "json"})
      .optional("--out", typed.out,
                "a folder for input, weight, bias and output as .npy; or a FILE, its format by its "
                "ending: " +
                    code::number_endings())
      .choice("--tensor", typed.tensor, words_of(kRunTensors),
              ": of the layer, what a FILE of one tensor holds, output by default")
      .flag("--explain", typed.explain,
            "for each layer the ways to compute it, the time that each is expected to take, which "
            "one is used, and why others can't")
      .example("convscope run rgb-same --step 3 --out scene.npz");
  command("render", "Draw the stage into a picture or an animation")
      .required_lesson()
      .opening()
      .more_lessons()
      .optional("--out", typed.out,
                "FILE, its format by its ending: " + files::export_endings(true))
      .optional("--out-dir", typed.out_dir,
                "a folder for a file of each LESSON in each --format; a failure does not stop the "
                "rest")
      .optional("--format", typed.format, "of --out-dir: gif,svg")
      .place()
      .views()
      .still()
      .algorithm()
      .optional("--steps", typed.steps,
                "A:B, the positions of an animation or a sheet, both included")
      .sheet()
      .size()
      .optional("--fps", typed.frames_per_second,
                "frames per second of an animation, 30 by default")
      .choice("--what", typed.what, words_of(kDrawnWhats),
              ": the step's sum or one tensor alone, as large as whole pixels allow in the size")
      .choice("--background", typed.background, {"theme", "transparent"})
      .choice("--style", typed.style, {"screen", "print"},
              ": print is white, with thin lines and without title and text")
      .example("convscope render cross-5x5 --style print --out figure.pdf")
      .example("convscope render cross-5x5 --what map --size 400x400 --step last --out map.svg")
      .example("convscope render stride --steps 0:3 --size 640x360 --out stride.gif");
  command("screenshot", "Draw the whole window, with no display")
      .lesson()
      .opening()
      .required("--out", typed.out, "FILE.png")
      .place()
      .views()
      .still()
      .algorithm()
      .size()
      .example("convscope screenshot cross-5x5 --step 4 --theme light --out window.png");
  command("replay", "Drive a session by the actions of a file")
      .required("ACTIONS", typed.lesson, "a file of actions (JSON)")
      .optional("--session", typed.session, "where to write the session at the end (JSON)")
      .optional("--out", typed.out, "FILE.png, the window at the end")
      .algorithm()
      .size()
      .example("convscope replay actions.json --out end.png");
  command("actions", "List the actions that a replay may hold").example("convscope actions");
  command("quiz", "Print questions, the same ones for the same seed")
      .required_lesson_or_all()
      .optional("--seed", typed.seed, "which questions, 0 by default")
      .optional("--count", typed.count, "how many, 10 by default, at most 1000")
      .optional("--template", typed.template_id, "questions of this template alone, 1a to 17b")
      .choice("--format", typed.format, {"text", "html", "json"},
              ": text and html for paper, with a page of answers; json for scripts")
      .example("convscope quiz stride --seed 7 --count 5 --format html > quiz.html");
  command("describe", "Tell in sentences what stands on the stage")
      .required_lesson()
      .opening()
      .place()
      .views()
      .still()
      .example("convscope describe cross-5x5 --step 4 --lang ru");
  command("check", "Check a lesson's texts, questions and exercises")
      .required_lesson()
      .example("convscope check my-lesson.json");
  command("handout", "Print a lesson as an HTML page: pictures, texts, questions and answers")
      .required_lesson()
      .opening()
      .optional("--out", typed.out, "FILE.html to write it to")
      .flag("--no-answers", typed.no_answers, "leave out the page of answers")
      .example("convscope handout cross-5x5 --lang ru --out cross.html");
  command("answers", "Sum up a class: which mistakes, how often")
      .required("DIR", typed.lesson, "a folder of answer logs (.jsonl), one for each learner")
      .example("convscope answers group-3");
  command("code", "Print a scene as a program with all its numbers")
      .required_lesson()
      .opening()
      .required_choice("--as", typed.code_target, code_words())
      .place()
      .optional("--step", typed.step,
                "of --as latex: whose sum it is, a position counted from 0, 0 by default, or last")
      .optional("--out", typed.out, "FILE to write it to; --as onnx needs one")
      .example("convscope code cross-5x5 --as numpy | python3");
  command("completion", "Print what makes a shell complete these commands")
      .required_choice("SHELL", typed.shell, words_of(kShells))
      .example("convscope completion bash > ~/.local/share/bash-completion/completions/convscope");
  command("manual", "Print the manual page").example("convscope manual | man -l -");
  app.footer("Example: convscope cross-5x5\nFiles: " + joined(kOwnFiles, ": ") + ".\n" + statuses);
}

}  // namespace convscope::cli
