// Text in aligned columns.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace convscope::cli {

using TextRows = std::vector<std::vector<std::string>>;

// Each column is as wide as its widest cell; cells are aligned to the right.
void print_aligned(const TextRows& rows, const std::string& indent, const std::string& between,
                   std::ostream& out);

// The same, aligned to the left.
void print_listed(const TextRows& rows, const std::string& indent, std::ostream& out);

}  // namespace convscope::cli
