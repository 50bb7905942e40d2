#include <algorithm>
#include <ostream>
#include <utility>

#include "app/cli/numbers.h"
#include "app/cli/run_report.h"

namespace convscope {
namespace {

// What is larger shows its edges only.
constexpr std::int64_t kMostColumns = 32;
constexpr std::int64_t kMostRows = 64;
constexpr std::int64_t kEdge = 4;
constexpr std::int64_t kMostMaps = 16;
constexpr std::size_t kMostTerms = 1024;
constexpr std::size_t kMostChannels = 64;

constexpr int kMapDigits = 6;
constexpr std::int64_t kGap = -1;

// 0 .. count-1, or the edges with a gap between them.
std::vector<std::int64_t> shown(std::int64_t count, std::int64_t most) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = 0; i < count; ++i) {
    if (count > most && i == kEdge) {
      indices.push_back(kGap);
      i = count - kEdge;
    }
    indices.push_back(i);
  }
  return indices;
}

// Rows of cells, each column as wide as its widest cell.
void print_aligned(const std::vector<std::vector<std::string>>& rows, const std::string& indent,
                   const std::string& between, std::ostream& out) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t x = 0; x < row.size(); ++x) {
      widths[x] = std::max(widths[x], row[x].size());
    }
  }
  for (const auto& row : rows) {
    out << indent;
    for (std::size_t x = 0; x < row.size(); ++x) {
      out << (x > 0 ? between : "") << std::string(widths[x] - row[x].size(), ' ') << row[x];
    }
    out << "\n";
  }
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t side : shape) {
    text += (text.empty() ? "(" : ", ") + std::to_string(side);
  }
  return text + ")";
}

void print_shapes(const RunReport& report, std::ostream& out) {
  std::vector<std::pair<std::string, std::string>> lines = {
      {report.input_name, shape_text(array_shape(report.layer.input.shape(), report.one_dimensional))},
      {"weight", shape_text(array_shape(report.layer.weight.shape(), report.one_dimensional))},
      {"out", shape_text(array_shape(report.layer.output_shape, report.one_dimensional))}};
  if (!report.layer.bias.empty()) {
    lines.insert(lines.begin() + 2, {"bias", shape_text({report.layer.bias.shape().w})});
  }
  std::size_t width = 0;
  for (const auto& [name, shape] : lines) {
    width = std::max(width, name.size());
  }
  for (const auto& [name, shape] : lines) {
    out << "  " << name << std::string(width - name.size() + 2, ' ') << shape << "\n";
  }
}

void print_map(const Tensor& output, std::int64_t n, std::int64_t c, std::ostream& out) {
  std::vector<std::vector<std::string>> rows;
  for (const std::int64_t y : shown(output.shape().h, kMostRows)) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::int64_t x : shown(output.shape().w, kMostColumns)) {
      const bool gap = x == kGap || y == kGap;
      row.push_back(gap ? "..." : readable_number(output.at({n, c, y, x}), kMapDigits));
    }
  }
  print_aligned(rows, "  ", "  ", out);
}

void print_maps(const RunReport& report, const Locale& locale, std::ostream& out) {
  const Shape shape = report.layer.output_shape;
  const std::string slice = report.one_dimensional ? ",:]" : ",:,:]";
  const std::int64_t count = shape.n * shape.c;
  for (std::int64_t i = 0; i < std::min(count, kMostMaps); ++i) {
    const std::int64_t n = i / shape.c;
    const std::int64_t c = i % shape.c;
    out << "\nout[" << n << "," << c << slice << "\n";
    print_map(report.layer.output, n, c, out);
  }
  if (count > kMostMaps) {
    out << "\n" << locale.text("cli.more_maps", {{"count", count - kMostMaps}}) << "\n";
  }
}

// A second factor or summand that begins with a minus stands in brackets.
std::string bracketed(const std::string& number) {
  return number.starts_with('-') ? "(" + number + ")" : number;
}

// "308 - 498 + 164 + 1".
std::string sum_text(const Step& step, bool has_bias) {
  std::vector<double> summands = step.partial_sums;
  if (has_bias) {
    summands.push_back(step.bias);
  }
  std::string text;
  for (const double summand : summands) {
    const std::string number = readable_number(summand);
    if (text.empty()) {
      text = number;
    } else {
      text += number.starts_with('-') ? " - " + number.substr(1) : " + " + number;
    }
  }
  return text;
}

// The products of one channel, a row per kernel row.
void print_products(const RunReport& report, std::size_t channel, std::ostream& out) {
  const Shape weight = report.layer.weight.shape();
  const auto columns = static_cast<std::size_t>(weight.w);
  const std::size_t cells = static_cast<std::size_t>(weight.h) * columns;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < cells; ++i) {
    if (i % columns == 0) {
      rows.emplace_back();
    }
    const Term& term = report.step->terms[channel * cells + i];
    rows.back().push_back(plain_number(term.input) + "*" + bracketed(plain_number(term.weight)));
  }
  print_aligned(rows, "    ", " + ", out);
}

void print_channels(const RunReport& report, const Locale& locale, std::ostream& out) {
  const Step& step = *report.step;
  const bool products = report.depth == Granularity::kTerm && step.terms.size() <= kMostTerms;
  for (std::size_t c = 0; c < step.partial_sums.size(); ++c) {
    // Under groups a filter sees only the channels of its own.
    const std::int64_t channel =
        step.terms[c * (step.terms.size() / step.partial_sums.size())].input_at.c;
    out << "  " << locale.text("cli.channel", {{"channel", channel}});
    if (products) {
      out << "\n";
      print_products(report, c, out);
      out << "    = " << readable_number(step.partial_sums[c]) << "\n";
    } else {
      out << " = " << readable_number(step.partial_sums[c]) << "\n";
    }
  }
}

void print_step(const RunReport& report, const Locale& locale, std::ostream& out) {
  const Step& step = *report.step;
  const Index at = step.output_at;
  const std::string row = report.one_dimensional ? "" : std::to_string(at.y) + ",";
  const std::string cell = "out[" + std::to_string(at.n) + "," + std::to_string(at.c) + "," + row +
                           std::to_string(at.x) + "]";
  out << "\n"
      << locale.text("cli.step", {{"step", step.position},
                                  {"last", report.layer.output_shape.count() - 1},
                                  {"cell", cell},
                                  {"top", step.window_y},
                                  {"bottom", step.window_y + step.window.h - 1},
                                  {"left", step.window_x},
                                  {"right", step.window_x + step.window.w - 1}})
      << "\n";
  const bool few = step.partial_sums.size() <= kMostChannels;
  if (few && report.depth != Granularity::kPosition) {
    print_channels(report, locale, out);
  }
  const bool has_bias = !report.layer.bias.empty();
  if (has_bias) {
    out << "  " << locale.text("cli.bias") << " = " << readable_number(step.bias) << "\n";
  }
  const std::string value = readable_number(static_cast<float>(step.value));
  out << "  " << (few ? sum_text(step, has_bias) : cell) << " = " << value << "\n";
}

}  // namespace

void print_report(const RunReport& report, const Locale& locale, std::ostream& out) {
  out << report.title << " (" << report.id << ")\n";
  print_shapes(report, out);
  if (report.with_output) {
    print_maps(report, locale, out);
  }
  if (report.step) {
    print_step(report, locale, out);
  }
  for (const std::string& file : report.files) {
    out << locale.text("cli.wrote", {{"file", file}}) << "\n";
  }
}

}  // namespace convscope
