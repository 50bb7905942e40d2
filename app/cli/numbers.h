// Numbers for scripts: ASCII, no rounding that can't be read back.
#pragma once

#include <string>

namespace convscope::cli {

// Integers without a point, others as short as they read back to the same float or double; "NaN",
// "Infinity", "-Infinity".
std::string plain_number(float value);
std::string plain_number(double value);

// For people: at most `digits` digits, except that integers stay whole.
std::string readable_number(double value, int digits = 9);

// As JSON, which has no number for what is not finite: there it is a string.
std::string json_value(float value);
std::string json_value(double value);

}  // namespace convscope::cli
