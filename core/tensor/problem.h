// A problem is a value: a code, the field that caused it, and the numbers or names that explain it.
// Only the Locale (core/lesson/locale.h) turns it into a sentence, so no other file contains one.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace convscope {

using ProblemValue = std::variant<std::int64_t, std::string>;

struct Problem {
  std::string code;   // a locale key below "problem.", such as "kernel_too_tall"
  std::string field;  // the setting at fault ("stride"), a JSON path, or empty
  std::vector<std::pair<std::string, ProblemValue>> values;  // by placeholder name

  bool operator==(const Problem&) const = default;
};

// The one exception that I/O and parsing throw. It is caught in one place, by whatever shows it.
class Failure : public std::runtime_error {
 public:
  explicit Failure(Problem problem)
      : std::runtime_error(problem.code), problem_(std::move(problem)) {}

  const Problem& problem() const { return problem_; }

 private:
  Problem problem_;
};

}  // namespace convscope
