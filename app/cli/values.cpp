#include "app/cli/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "app/files/system/file_io.h"
#include "core/lesson/enum_names.h"
#include "core/quiz/templates/templates.h"
#include "core/session/enum_names.h"
#include "core/tensor/number_text.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

constexpr int kMinSide = 16;
constexpr int kMaxSide = 16384;

[[noreturn]] void refuse(const char* option, const std::string& text, const std::string& allowed) {
  throw Failure(
      {"usage_value", option, {{"option", option}, {"value", text}, {"allowed", allowed}}});
}

// nullopt unless the whole text is an integer.
template <typename Number>
std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

template <typename Value, std::size_t kCount>
Value choose(const char* option, const std::string& text,
             const std::array<std::pair<std::string_view, Value>, kCount>& choices) {
  std::string allowed;
  for (const auto& [name, value] : choices) {
    if (name == text) {
      return value;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(name);
  }
  refuse(option, text, allowed);
}

[[noreturn]] void refuse_format(const std::filesystem::path& out, const std::string& allowed) {
  throw Failure({"usage_format", "--out", {{"file", out.string()}, {"allowed", allowed}}});
}

}  // namespace

session::Theme parse_theme(const std::string& text) {
  return choose("--theme", text, session::kThemes);
}

lesson::Language parse_language(const std::string& text) {
  return choose("--lang", text, lesson::kLanguages);
}

float parse_scale(const std::string& text) {
  const auto scale = entire_number(text);
  if (!scale || scale->too_large || scale->value < 0.25 || scale->value > 16) {
    refuse("--scale", text, "0.25..16");
  }
  return static_cast<float>(scale->value);
}

RunTensor parse_run_tensor(const std::string& text) {
  return choose("--tensor", text, kRunTensors);
}

OutputFormat parse_output_format(const std::string& text) {
  return choose("--format", text,
                std::array<std::pair<std::string_view, OutputFormat>, 2>{
                    {{"text", OutputFormat::kText}, {"json", OutputFormat::kJson}}});
}

session::Granularity parse_granularity(const std::string& text) {
  return choose("--granularity", text, session::kGranularities);
}

conv::Algorithm parse_algorithm(const std::string& text) {
  const std::optional<conv::Algorithm> algorithm = conv::algorithm_named(text);
  if (!algorithm) {
    std::string allowed;
    for (const conv::Algorithm each : conv::kAlgorithms) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(conv::name_of(each));
    }
    refuse("--algorithm", text, allowed);
  }
  return *algorithm;
}

std::int64_t parse_step(const std::string& text) {
  if (text == "start") {
    return kStartStep;
  }
  if (text == "last") {
    return kLastStep;
  }
  const auto step = number<std::int64_t>(text);
  if (!step || *step < 0) {
    refuse("--step", text, "start, last, 0, 1, 2, ...");
  }
  return *step;
}

std::uint64_t parse_seed(const std::string& text) {
  const auto seed = number<std::uint64_t>(text);
  if (!seed) {
    refuse("--seed", text, "0..18446744073709551615");
  }
  return *seed;
}

std::size_t parse_count(const std::string& text) {
  const auto count = number<std::size_t>(text);
  if (!count || *count < 1 || *count > 1000) {
    refuse("--count", text, "1..1000");
  }
  return *count;
}

command::Quiz::Format parse_quiz_format(const std::string& text) {
  using Format = command::Quiz::Format;
  return choose("--format", text,
                std::array<std::pair<std::string_view, Format>, 3>{
                    {{"text", Format::kText}, {"json", Format::kJson}, {"html", Format::kHtml}}});
}

const quiz::Template* parse_template(const std::string& text) {
  const quiz::Template* found = quiz::find_template(text);
  if (found == nullptr) {
    throw Failure({"usage_template", "--template", {{"value", text}}});
  }
  return found;
}

StepRange parse_steps(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    const auto first = number<std::int64_t>(std::string_view(text).substr(0, colon));
    const auto last = number<std::int64_t>(std::string_view(text).substr(colon + 1));
    if (first && last && *first >= 0 && *last >= 0) {
      if (*last < *first) {
        throw Failure({"usage_steps_order", "--steps", {{"first", *first}, {"last", *last}}});
      }
      return {*first, *last};
    }
  }
  refuse("--steps", text, "A:B (0:8)");
}

PixelSize parse_size(const std::string& text) {
  const std::size_t times = text.find_first_of("xX");
  if (times != std::string::npos) {
    const auto width = number<int>(std::string_view(text).substr(0, times));
    const auto height = number<int>(std::string_view(text).substr(times + 1));
    const auto fits = [](const std::optional<int>& side) {
      return side && *side >= kMinSide && *side <= kMaxSide;
    };
    if (fits(width) && fits(height)) {
      return {*width, *height};
    }
  }
  refuse("--size", text, "16x16..16384x16384");
}

int parse_frames_per_second(const std::string& text) {
  const auto value = number<int>(text);
  if (!value || *value < 1 || *value > 100) {
    refuse("--fps", text, "1..100");
  }
  return *value;
}

std::int64_t parse_columns(const std::string& text) {
  constexpr std::int64_t kMostColumns = 256;
  if (text.empty()) {
    return 0;
  }
  const auto value = number<std::int64_t>(text);
  if (!value || *value < 1 || *value > kMostColumns) {
    refuse("--sheet", text, "1..256");
  }
  return *value;
}

bool parse_transparent(const std::string& text) {
  return choose(
      "--background", text,
      std::array<std::pair<std::string_view, bool>, 2>{{{"theme", false}, {"transparent", true}}});
}

bool parse_print(const std::string& text) {
  return choose(
      "--style", text,
      std::array<std::pair<std::string_view, bool>, 2>{{{"screen", false}, {"print", true}}});
}

std::string_view word_of(session::ExportChoice::What what) {
  const auto of = [](const auto& row) { return row.second; };
  return std::ranges::find(session::kExportWhats, what, of)->first;
}

session::ExportChoice::What parse_what(const std::string& text) {
  using What = session::ExportChoice::What;
  if (text == word_of(What::kWindow)) {
    throw Failure({"usage_what_window", "--what", {}});
  }
  return choose("--what", text, kDrawnWhats);
}

std::vector<const files::ExportFormat*> parse_formats(const std::string& text) {
  std::vector<const files::ExportFormat*> formats;
  std::string_view rest = text;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    const std::string word = "." + std::string(rest.substr(0, comma));
    const auto known = files::export_formats();
    const auto found =
        std::ranges::find(known, std::string_view(word), &files::ExportFormat::extension);
    if (found == known.end()) {
      std::string allowed;
      for (const files::ExportFormat& format : known) {
        allowed.append(allowed.empty() ? "" : ", ").append(format.extension.substr(1));
      }
      refuse("--format", text, allowed);
    }
    if (std::ranges::find(formats, &*found) == formats.end()) {
      formats.push_back(&*found);
    }
    more = comma != std::string_view::npos;
    rest.remove_prefix(more ? comma + 1 : rest.size());
  }
  return formats;
}

Views parse_views(const std::string& text) {
  const std::size_t comma = text.find(',');
  const lesson::View first = choose("--view", text.substr(0, comma), lesson::kViews);
  if (comma == std::string::npos) {
    return {first, std::nullopt};
  }
  const lesson::View second = choose("--view", text.substr(comma + 1), lesson::kViews);
  if (!lesson::can_pair(first, second)) {
    throw Failure({"usage_views", "--view", {{"value", text}}});
  }
  return {first, second};
}

std::int64_t parse_number(const char* option, const std::string& text) {
  const auto value = number<std::int64_t>(text);
  if (!value || *value < 1) {
    refuse(option, text, "1, 2, 3, ...");
  }
  return *value;
}

Shell parse_shell(const std::string& text) { return choose("SHELL", text, kShells); }

const code::CodeTarget& parse_code_target(const std::string& text) {
  const code::CodeTarget* target = code::find_code_target(text);
  if (target == nullptr) {
    std::string allowed;
    for (const code::CodeTarget& each : code::code_targets()) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(each.word);
    }
    refuse("--as", text, allowed);
  }
  return *target;
}

std::int64_t parse_code_step(const std::string& text) {
  if (text == "start") {
    refuse("--step", text, "last, 0, 1, 2, ...");
  }
  return parse_step(text);
}

bool says_format(const std::filesystem::path& out) {
  const std::string ending = files::lower_extension(out);
  return ending.size() > 1 && std::isalpha(static_cast<unsigned char>(ending[1])) != 0;
}

const files::ExportFormat& render_format(const std::filesystem::path& out) {
  const files::ExportFormat* format = files::export_format_of(out);
  if (format == nullptr && out.extension().empty()) {
    throw Failure({"usage_no_ending",
                   "--out",
                   {{"file", out.string()}, {"allowed", files::export_endings(true)}}});
  }
  if (format == nullptr) {
    refuse_format(out, files::export_endings(true));
  }
  return *format;
}

void check_png(const std::filesystem::path& out) {
  if (files::lower_extension(out) != ".png") {
    refuse_format(out, ".png");
  }
}

void check_ending(const std::filesystem::path& out, std::string_view ending) {
  if (says_format(out) && files::lower_extension(out) != ending) {
    refuse_format(out, std::string(ending));
  }
}

}  // namespace convscope::cli
