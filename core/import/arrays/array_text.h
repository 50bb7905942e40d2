// Reads pasted numbers as a tensor. Accepted are
//
// - rows of a spreadsheet or a CSV file, separated by tabs, semicolons, commas or spaces. A decimal
//   comma is recognized between tabs and semicolons, and between spaces if commas can't be
//   separators ("1,5 2,5"). A blank line starts the next channel.
// - lists: Python and JSON [[1, 2], [3, 4]], C {{1, 2}, {3, 4}}, tuples; the rows of a list alone
//   ("[1, 2], [3, 4]"); surrounded by "name =", "float w[2][2] =", "np.array(...)", "torch.tensor(
//   ..., device=...)" and the like; with a factor ("/ 16", "1/9 *") before or after; a JSON object
//   with one name, {"w": [[1, 2]]}; "np.ones((3, 3))", zeros and eye
// - NumPy's and PyTorch's print-outs, without commas or wrapped over several lines. NumPy wraps
//   beyond column 50; before that, a new line without a comma before it is a new row (MATLAB)
// - MATLAB and Octave: [1 2; 3 4], print-outs with "Columns 1 through 8", "1.0e+03 *", "2x3 single
//   matrix" and "ans(:,:,2) =", whose third index is the channel and whose fourth is the image
// - tables: LaTeX's matrices and tabulars, Markdown's tables, the print-out of a data frame; names
// of
//   columns above the numbers and of rows before them are left out
//
// Numbers may be fractions (1/3), and True and False are 1 and 0. NaN and infinity are refused: no
// lesson can hold them. Numbers beyond float32 (1e40) are refused as too large; too small ones are
// 0.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/import/text/result.h"
#include "core/tensor/tensor.h"

namespace convscope::imports {

struct PastedArray {
  Tensor tensor;          // leading sides of 1 added: (N, C, H, W)
  std::int64_t rank = 0;  // as written, 1 to 4
};

// A Problem "array_*" has "row" and "column", counted from 1, in its values.
Result<PastedArray> read_array_text(std::string_view text);

}  // namespace convscope::imports
