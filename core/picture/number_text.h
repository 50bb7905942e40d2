// Numbers as people write them.
#pragma once

#include <string>

namespace convscope {

// As exact as it can be in `max_chars` characters: integers as integers, halves to 64ths as a
// fraction when they are not short decimals ("1/16"), else as many digits as fit, then "1e9" style.
// U+2212 is the minus. "NaN", "∞", "−∞" for what is not finite. Never more than max_chars unless
// even "1e9" does not fit.
std::string number_text(double value, int max_chars = 8);

}  // namespace convscope
