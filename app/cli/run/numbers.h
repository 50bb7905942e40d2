// Numbers as text: exact for scripts, rounded for people.
#pragma once

#include <string>

namespace convscope::cli {

// The shortest text that reads back to the same value, integers without a decimal point; "NaN",
// "Infinity", "-Infinity".
std::string plain_number(float value);
std::string plain_number(double value);

// For people: at most `digits` digits; integers keep all of theirs.
std::string readable_number(double value, int digits = 9);

// As JSON; values that are not finite become strings, as JSON has no numbers for them.
std::string json_value(float value);
std::string json_value(double value);

}  // namespace convscope::cli
