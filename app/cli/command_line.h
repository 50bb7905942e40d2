// The parsed command line, checked as far as possible without opening the lesson.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/files/export_format.h"
#include "app/files/lesson_file.h"
#include "core/code/code_target.h"
#include "core/conv/algorithm.h"
#include "core/lesson/lesson.h"
#include "core/picture/compose.h"
#include "core/quiz/question/question_template.h"
#include "core/session/export_choice.h"
#include "core/session/session.h"

namespace convscope::cli {

struct PixelSize {
  int width = 1280;
  int height = 720;

  bool operator==(const PixelSize&) const = default;
};

// Options of every command.
struct Look {
  session::Theme theme = session::Theme::kDark;
  lesson::Language language = lesson::Language::kEnglish;
  std::optional<float> scale;  // default: height / 1080, at least 1
  // Whether the command line set the theme, which then overrides the remembered one.
  bool theme_given = false;
  bool language_given = false;
  // Texts that are longer than any language's, in brackets (core/lesson/pseudo.h); the language is
  // English then.
  bool pseudo = false;
};

enum class OutputFormat { kText, kJson };

// What `run --out map.npy` writes of the layer.
enum class RunTensor { kInput, kWeight, kBias, kOutput };

// Special values of --step: before the first position, and the last one.
inline constexpr std::int64_t kStartStep = -1;
inline constexpr std::int64_t kLastStep = -2;

// Positions first to last, inclusive.
struct StepRange {
  std::int64_t first = 0;
  std::int64_t last = 0;

  bool operator==(const StepRange&) const = default;
};

// One view, or two side by side.
struct Views {
  lesson::View first = lesson::View::kFlat;
  std::optional<lesson::View> second;

  bool operator==(const Views&) const = default;
};

// What is to be opened besides LESSON; which scene and layer of it, counted from 1, and in which
// views; without views as the scene says.
struct Place {
  std::int64_t scene = 1;
  std::int64_t layer = 1;
  std::optional<Views> views;
  files::OpenOptions opening = {};
};

namespace command {
struct Window {
  std::string lesson;  // empty: kFirstLesson
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  std::optional<PixelSize> size;  // else as it was left
  files::OpenOptions opening = {};
  bool watch = false;  // what the lesson reads is read again when it changes
};
struct Lessons {
  OutputFormat format = OutputFormat::kText;
};
struct Run {
  std::string lesson;
  Place place;
  std::optional<std::int64_t> step;
  OutputFormat format = OutputFormat::kText;
  std::optional<session::Granularity> granularity;  // how detailed the text is; default: every term
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  std::optional<std::filesystem::path> out;
  std::optional<RunTensor> tensor;  // for a file of one; default: the output
  bool explain = false;             // also why each layer is computed as it is
};
struct Render {
  std::string lesson;
  Place place;
  std::filesystem::path out;
  const files::ExportFormat* format = nullptr;  // from the file extension of `out`
  bool animated = false;
  // Or many: every lesson in every format.
  std::optional<std::filesystem::path> out_dir;
  std::vector<std::string> lessons;
  std::vector<const files::ExportFormat*> formats;
  std::optional<std::int64_t> step;
  std::optional<StepRange> steps;
  session::Granularity granularity = session::Granularity::kPosition;
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  std::optional<PixelSize> size;  // of a sheet, the page's
  int frames_per_second = 30;
  std::optional<std::int64_t> sheet;  // columns; 0: as many as suits
  bool transparent = false;
  bool print = false;  // white, thin lines, no title
  session::ExportChoice::What what = session::ExportChoice::What::kStage;  // never kWindow
};
struct Screenshot {
  std::string lesson;  // empty: kFirstLesson
  Place place;
  std::filesystem::path out;
  std::optional<std::int64_t> step;
  session::Granularity granularity = session::Granularity::kPosition;
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  PixelSize size;
};
struct Replay {
  std::string actions;
  std::optional<std::filesystem::path> session;
  std::optional<std::filesystem::path> out;
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  PixelSize size;
};
struct Quiz {
  enum class Format { kText, kJson, kHtml };
  std::string lesson;  // or kAllLessons
  std::uint64_t seed = 0;
  std::size_t count = 10;
  const quiz::Template* template_only = nullptr;
  Format format = Format::kText;
};
struct Check {
  std::string lesson;
};
struct Describe {
  std::string lesson;
  Place place;
  std::optional<std::int64_t> step;  // else as the scene opens
  session::Granularity granularity = session::Granularity::kPosition;
};
struct Code {
  std::string lesson;
  Place place;
  std::int64_t step = 0;
  const code::CodeTarget* target = nullptr;
  std::optional<std::filesystem::path> out;
};
struct Handout {
  std::string lesson;
  files::OpenOptions opening = {};
  bool answers = true;
  std::optional<std::filesystem::path> out;
};
struct Answers {
  std::filesystem::path folder;
};
// --help and --version.
struct ShowText {
  std::string text;
};
}  // namespace command

using Command = std::variant<command::Window, command::Lessons, command::Run, command::Render,
                             command::Screenshot, command::Replay, command::Quiz, command::Check,
                             command::Describe, command::Answers, command::Code, command::Handout,
                             command::ShowText>;

struct CommandLine {
  Look look;
  Command command;
};

inline constexpr const char* kFirstLesson = "cross-5x5";
inline constexpr const char* kAllLessons = "all";  // for `quiz`: every bundled lesson

// `arguments` without the program name; `environment`: the language if --lang is missing. Throws
// Failure "usage_*" (exit status 2).
CommandLine parse_command_line(std::span<const std::string> arguments,
                               lesson::Language environment);

// Whether the file will be an animation: a format for both shows one moment where one is named.
bool is_animated(const command::Render& what);

// The language for error messages; works on command lines that can't be parsed.
lesson::Language language_of(std::span<const std::string> arguments, lesson::Language environment);

// A stage of `size` pixels.
picture::Viewport viewport_of(const PixelSize& size, const Look& look);

}  // namespace convscope::cli
