// Numbers as people write them.
#pragma once

#include <string>

namespace convscope::picture::kit {

// As exact as it can be in `max_chars` characters: integers as integers, halves to 64ths as a
// fraction when they are not short decimals ("1/16"), else as many digits as fit, then "1e9" style.
// U+2212 is the minus. "NaN", "∞", "−∞" for what is not finite. Never more than max_chars unless
// even "1e9" does not fit.
std::string number_text(double value, int max_chars = 8);

// Whether number_text(value, max_chars) loses nothing.
bool is_exact_text(double value, int max_chars);

// With exactly so many decimals, for numbers that stand in one table and can't be exact. A value
// that rounds to zero has no sign.
std::string fixed_number_text(double value, int decimals);

// How the numbers of one table are written: integers as integers, others alike; what would round to
// nothing keeps its first two digits, and what would be far longer than `max_chars` fits them
// instead.
struct NumberStyle {
  int max_chars = 8;
  int decimals = -1;  // fixed when not negative
};

std::string number_text(double value, const NumberStyle& style);

}  // namespace convscope::picture::kit
