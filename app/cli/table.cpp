#include "app/cli/table.h"

#include <algorithm>
#include <ostream>

namespace convscope::cli {
namespace {

std::vector<std::size_t> widths_of(const TextRows& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t x = 0; x < row.size(); ++x) {
      widths[x] = std::max(widths[x], row[x].size());
    }
  }
  return widths;
}

}  // namespace

void print_aligned(const TextRows& rows, const std::string& indent, const std::string& between,
                   std::ostream& out) {
  const std::vector<std::size_t> widths = widths_of(rows);
  for (const auto& row : rows) {
    out << indent;
    for (std::size_t x = 0; x < row.size(); ++x) {
      out << (x > 0 ? between : "") << std::string(widths[x] - row[x].size(), ' ') << row[x];
    }
    out << "\n";
  }
}

void print_listed(const TextRows& rows, const std::string& indent, std::ostream& out) {
  const std::vector<std::size_t> widths = widths_of(rows);
  for (const auto& row : rows) {
    out << indent;
    for (std::size_t x = 0; x + 1 < row.size(); ++x) {
      out << row[x] << std::string(widths[x] - row[x].size() + 2, ' ');
    }
    out << row.back() << "\n";
  }
}

}  // namespace convscope::cli
