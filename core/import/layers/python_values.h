// Parses the values of pasted Python: calls, numbers, strings, lists, and the names that were
// assigned before. Internal to python_text.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/import/layers/python_scanner.h"
#include "core/import/layers/python_text.h"

namespace convscope::imports {

class PythonValues : protected PythonScanner {
 protected:
  explicit PythonValues(const PlainText& text) : PythonScanner(text) {}

  // A value, or a sum of products of integers: 16 * 5 * 5. An expression with a name has no value;
  // it stays a name, which is refused where a number is needed.
  PythonValue value(int depth);

  // "(conv1):" or "(0-2): 3 x"; nullopt, without advancing, if there is none.
  std::optional<PythonArgument> child_label();

  // From now on the name stands for the value: a whole number, or a call that creates a tensor.
  void assign(const std::string& name, const PythonValue& value) { values_[name] = value; }
  void forget(const std::string& name) { values_.erase(name); }
  bool used(const std::string& name) const { return used_.contains(name); }

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
  void call(PythonValue& found, int depth);
  void method(int depth);
  bool items(std::vector<PythonArgument>& found, char closer, int depth, std::size_t open);
  void comprehension(PythonArgument& item, int depth);
  bool next_is_child();
  PythonArgument argument(int depth);

  std::map<std::string, PythonValue, std::less<>> values_;  // assigned to a name
  std::set<std::string, std::less<>> used_;                 // names that were replaced by them
};

}  // namespace convscope::imports
