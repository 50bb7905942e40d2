#include "app/cli/program.h"

#include <algorithm>
#include <array>
#include <exception>
#include <ostream>
#include <string_view>
#include <variant>

#include "app/cli/command_line.h"
#include "app/cli/front.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "core/tensor/problem_of.h"

namespace convscope::cli {
namespace {

struct Choose {
  const Look& look;
  std::ostream& out;
  std::ostream& err;

  int operator()(const command::Window& what) const { return show_window(what, look); }
  int operator()(const command::Lessons& what) const { return list_lessons(what, look, out), 0; }
  int operator()(const command::Run& what) const { return run_lesson(what, look, out), 0; }
  int operator()(const command::Render& what) const { return render_stage(what, look, out); }
  int operator()(const command::Screenshot& what) const { return take_screenshot(what, look), 0; }
  int operator()(const command::Replay& what) const {
    return replay_actions(what, look, out, err), 0;
  }
  int operator()(const command::Quiz& what) const { return print_quiz(what, look, out), 0; }
  int operator()(const command::Describe& what) const { return describe_stage(what, look, out), 0; }
  int operator()(const command::Check& what) const { return check_lesson(what, look, out); }
  int operator()(const command::Answers& what) const { return sum_up_answers(what, look, out), 0; }
  int operator()(const command::Code& what) const { return print_code(what, look, out), 0; }
  int operator()(const command::Handout& what) const { return print_handout(what, look, out), 0; }
  int operator()(const command::ShowText& what) const { return out << what.text, 0; }
};

int run_command(std::span<const std::string> arguments, lesson::Language environment,
                std::ostream& out, std::ostream& err) {
  const CommandLine line = parse_command_line(arguments, environment);
  const int status = std::visit(Choose{line.look, out, err}, line.command);
  if (!out.flush()) {
    throw Failure({"output_unwritable", "", {}});
  }
  return status;
}

// Prints the code if the locale can't be read (a wrong CONVSCOPE_ASSETS).
std::string sentence_of(const Problem& problem, lesson::Language language) {
  try {
    const lesson::Locale locale = files::bundled_locale(language);
    const bool large = problem.code == "image_too_large";
    return locale.sentence(problem) + (large ? " " + locale.text("cli.shrink_hint") : "");
  } catch (const std::exception&) {
    return problem.code;
  }
}

}  // namespace

int exit_status_of(const Problem& problem) {
  constexpr std::array<std::string_view, 7> kMachine = {
      "no_display",     "no_gl",         "no_headless_gl", "out_of_memory",
      "ffmpeg_missing", "ffmpeg_failed", "ffmpeg_silent"};
  if (problem.code.starts_with("usage_")) {
    return 2;
  }
  if (problem.code == "interrupted") {
    return 128 + static_cast<int>(std::get<std::int64_t>(problem.values.front().second));
  }
  const bool machine = problem.code.starts_with("gl_") ||
                       std::ranges::find(kMachine, problem.code) != kMachine.end();
  return machine ? 3 : 1;
}

int run_program(std::span<const std::string> arguments, lesson::Language environment,
                std::ostream& out, std::ostream& err) {
  try {
    return run_command(arguments, environment, out, err);
  } catch (...) {
    const Problem problem = problem_of(std::current_exception());
    const lesson::Language language = language_of(arguments, environment);
    err << "convscope: " << in_one_line(sentence_of(problem, language)) << "\n";
    return exit_status_of(problem);
  }
}

}  // namespace convscope::cli
