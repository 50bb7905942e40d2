// Columns of text.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace convscope::cli {

using TextRows = std::vector<std::vector<std::string>>;

// Rows of cells, each column as wide as its widest cell, numbers to the right.
void print_aligned(const TextRows& rows, const std::string& indent, const std::string& between,
                   std::ostream& out);

// The same with text to the left.
void print_listed(const TextRows& rows, const std::string& indent, std::ostream& out);

}  // namespace convscope::cli
