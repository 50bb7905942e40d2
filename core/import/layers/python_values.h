// Evaluates the values of pasted Python: calls, numbers, strings, lists, conditions, and the names
// that were assigned before. Internal to python_text.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/import/layers/python_scanner.h"
#include "core/import/layers/python_text.h"

namespace convscope::imports {

// Rounds as Python does; nullopt if the result is too large for a setting, or not an integer.
std::optional<std::int64_t> whole_result(std::int64_t a, std::string_view sign, std::int64_t b);

// Names, calls and numbers in it.
std::int64_t size_of(const PythonValue& value);
// nullopt unless it is a number.
std::optional<double> number_of(const PythonValue& value);

// No number of a program is larger, nor a loop longer, as far as it is followed.
inline constexpr std::int64_t kMostComputed = std::int64_t{1} << 31;
inline constexpr std::int64_t kMostRepeats = 1000;

class PythonValues : protected PythonScanner {
 protected:
  explicit PythonValues(const PlainText& text) : PythonScanner(text) {}
  PythonValues(const PythonValues&) = delete;
  PythonValues& operator=(const PythonValues&) = delete;
  virtual ~PythonValues() = default;

  using Names = std::map<std::string, PythonValue, std::less<>>;

  // A value, or a sum of products of integers: 16 * 5 * 5. An expression with a name has no value;
  // it stays a name, which is refused where a number is needed.
  PythonValue value(int depth);
  // Also comparisons, "a if condition else b" and "a or b". `lines`: it may go on in the next line.
  PythonValue expression(int depth, bool lines);
  // Whether the condition holds. Throws Failure "layer_text_undecided".
  bool condition(int depth, bool lines);

  // "(conv1):" or "(0-2): 3 x"; nullopt, without advancing, if there is none.
  std::optional<PythonArgument> child_label();

  // What a loop goes over, one by one. Throws a Failure if that isn't known.
  std::vector<PythonValue> each(const PythonValue& value) const;
  // "a" or "a, b" before "in" or "=".
  std::vector<std::string> targets();
  // Assigns the value, or its items if there are several names.
  void assign_all(const std::vector<std::string>& names, const PythonValue& value);

  // From now on the name stands for the value.
  void assign(const std::string& name, const PythonValue& value) { names_[name] = value; }
  void forget(const std::string& name) { names_.erase(name); }
  // Null if it stands for nothing.
  PythonValue* known(std::string_view name);
  bool used(const std::string& name) const { return used_.contains(name); }
  // The names that stand for values here.
  Names& names() { return names_; }

  // Counts what is done, since loops in loops could go on for ever.
  void spend(std::int64_t steps);

  // Evaluates the call of something that the text defines; false if it defines no such thing.
  virtual bool call_defined(PythonValue& call, int depth) = 0;
  // "lambda i, o: ..." at `at_`.
  virtual PythonValue lambda() = 0;

 private:
  PythonValue product(int depth);
  PythonValue power(int depth);
  PythonValue operand(int depth);
  std::string_view next_operator();
  PythonValue joined(PythonValue left, int depth);
  void repeat(PythonValue& list, int depth);
  void number(PythonValue& found);
  void quoted(PythonValue& found);
  void tuple(PythonValue& found, int depth);
  void named(PythonValue& found, int depth);
  bool subscripts(PythonValue& found, int depth);
  void subscript(PythonValue& found, int depth);
  void call(PythonValue& found, int depth);
  void rename(PythonValue& call);
  void method(int depth);
  bool items(std::vector<PythonArgument>& found, char closer, int depth, std::size_t open);
  bool comprehension(std::vector<PythonArgument>& found, int depth);
  bool spread(std::vector<PythonArgument>& found, int depth);
  bool next_is_child();
  std::size_t keyword_end() const;
  PythonArgument argument(int depth);
  bool take_word(std::string_view word, bool lines);
  bool is_compared();
  std::optional<bool> alternatives(int depth, bool lines);
  std::optional<bool> conjunction(int depth, bool lines);
  std::optional<bool> comparison(int depth, bool lines);

  Names names_;
  std::set<std::string, std::less<>> used_;  // names that were replaced by tensors
  std::int64_t spent_ = 0;
};

}  // namespace convscope::imports
