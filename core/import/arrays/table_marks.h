// Tables as people paste them, without what is no number: LaTeX's matrices, Markdown's tables,
// headings and labels of a spreadsheet, the print-out of a data frame. Internal to array_text.
#pragma once

#include <string>
#include <string_view>

namespace convscope::imports {

// As many characters, each number in its place: LaTeX's matrices in MATLAB's brackets, bars of
// Markdown as tabs, names of columns and rows as spaces. A line of which nothing is left becomes
// the start of the next one, since a blank line starts the next channel.
std::string without_table_marks(std::string_view chars);

}  // namespace convscope::imports
