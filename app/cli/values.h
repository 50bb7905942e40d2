// Parsers for the values of options. They throw Failure "usage_value".
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/completion.h"
#include "core/session/enum_names.h"

namespace convscope::cli {

session::Theme parse_theme(const std::string& text);
lesson::Language parse_language(const std::string& text);
float parse_scale(const std::string& text);
inline constexpr std::array<std::pair<std::string_view, RunTensor>, 4> kRunTensors = {
    {{"input", RunTensor::kInput},
     {"weight", RunTensor::kWeight},
     {"bias", RunTensor::kBias},
     {"output", RunTensor::kOutput}}};
RunTensor parse_run_tensor(const std::string& text);

OutputFormat parse_output_format(const std::string& text);
session::Granularity parse_granularity(const std::string& text);
conv::Algorithm parse_algorithm(const std::string& text);
std::int64_t parse_step(const std::string& text);
std::uint64_t parse_seed(const std::string& text);
std::size_t parse_count(const std::string& text);
command::Quiz::Format parse_quiz_format(const std::string& text);
// Throws "usage_template" if there is no such template.
const quiz::Template* parse_template(const std::string& text);
StepRange parse_steps(const std::string& text);
PixelSize parse_size(const std::string& text);
int parse_frames_per_second(const std::string& text);
// What of a lesson `render` can draw: all that an export can show but the window.
inline constexpr auto kDrawnWhats = [] {
  lesson::Words<session::ExportChoice::What, session::kExportWhats.size() - 1> drawn = {};
  std::ranges::copy_if(session::kExportWhats, drawn.begin(), [](const auto& row) {
    return row.second != session::ExportChoice::What::kWindow;
  });
  return drawn;
}();
// What `render` draws. Throws "usage_what_window": panels have a command of their own.
session::ExportChoice::What parse_what(const std::string& text);
std::string_view word_of(session::ExportChoice::What what);
// Columns of a sheet; "" is 0: as many as suits.
std::int64_t parse_columns(const std::string& text);
// "transparent" or "theme".
bool parse_transparent(const std::string& text);
// "print" or "screen".
bool parse_print(const std::string& text);
// "gif,svg".
std::vector<const files::ExportFormat*> parse_formats(const std::string& text);

// "flat", or two side by side: "flat,matrix".
Views parse_views(const std::string& text);
// A scene or a layer, counted from 1.
std::int64_t parse_number(const char* option, const std::string& text);
const code::CodeTarget& parse_code_target(const std::string& text);
// A position; there is nothing to sum up before the first.
std::int64_t parse_code_step(const std::string& text);
Shell parse_shell(const std::string& text);
// Whether the name ends in ".xyz", and not in the ".2" of "run-1.2".
bool says_format(const std::filesystem::path& out);
// From the file extension.
const files::ExportFormat& render_format(const std::filesystem::path& out);
// Throws "usage_format" unless the file ends in .png.
void check_png(const std::filesystem::path& out);
// Throws "usage_format" if the name says another format than `ending`. Without an ending it is a
// name.
void check_ending(const std::filesystem::path& out, std::string_view ending);

}  // namespace convscope::cli
