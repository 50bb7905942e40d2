// Numbers that somebody pastes, as a tensor. Read are
//
//   - rows of a spreadsheet or a CSV file: between tabs, semicolons, commas or spaces. A decimal
//     comma is understood between tabs and semicolons, and between spaces where no comma can
//     separate ("1,5 2,5"). A blank line begins the next channel.
//   - lists: Python and JSON [[1, 2], [3, 4]], C {{1, 2}, {3, 4}}, tuples; with the rows of a list
//     alone ("[1, 2], [3, 4]"), with "name =", "float w[2][2] =", "np.array(...)", "torch.tensor(
//     ..., device=...)" and the like around them, and with a factor ("/ 16", "1/9 *") at their side
//   - NumPy's and PyTorch's print-outs, without commas or wrapped over several lines. NumPy wraps
//     beyond column 50; before that, a new line without a comma before it is a new row (MATLAB)
//   - MATLAB and Octave: [1 2; 3 4], print-outs with "Columns 1 through 8", "1.0e+03 *" and
//     "ans(:,:,2) =", whose third index is the channel and whose fourth the image
//
// Numbers may be fractions (1/3), and True and False are 1 and 0. NaN and infinity are refused: no
// lesson can hold them. Numbers beyond float32 (1e40) are too large; what is too small is 0.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/import/result.h"
#include "core/tensor/tensor.h"

namespace convscope::imports {

struct PastedArray {
  Tensor tensor;          // leading sides of 1 added: (N, C, H, W)
  std::int64_t rank = 0;  // as written, 1 to 4
};

// A Problem "array_*" has "row" and "column", counted from 1, in its values.
Result<PastedArray> read_array_text(std::string_view text);

}  // namespace convscope::imports
