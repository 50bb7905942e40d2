// The subset of Python that networks are written in: calls, numbers, strings, tuples, lists, names;
// functions and classes that make layers, loops over known values, conditions that can be decided.
// Also the printed repr of a module, whose children are printed as "(0): Conv2d(...)". Internal to
// the layer readers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/import/text/plain_text.h"

namespace convscope::imports {

struct PythonArgument;
struct PythonStatement;

struct PythonValue {
  // kModule: a class of the text, called; `body` has what its methods do.
  enum class Kind { kWhole, kReal, kText, kName, kCall, kTuple, kList, kDict, kModule };

  Kind kind = Kind::kName;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string word;  // the name ("nn.Conv2d", also of a call), or the string without quotes
  std::int64_t whole = 0;
  std::vector<PythonArgument> items;    // of a call, tuple, list or dictionary
  std::vector<PythonArgument> applied;  // "Conv2D(8, 3)(x)": the arguments in the second brackets
  std::vector<PythonStatement> body;

  bool is_name(std::string_view name) const { return kind == Kind::kName && word == name; }
};

struct PythonArgument {
  std::size_t begin = 0;      // where it starts, with its name
  std::string name;           // "stride=", the key of a dictionary, or a child's "(conv1):"
  bool child = false;         // "(0): ..." of a repr
  std::int64_t repeated = 1;  // "(0-2): 3 x ..."
  PythonValue value;
};

struct PythonStatement {
  std::string target;  // "self.conv1" of "self.conv1 = ..."; may be empty
  PythonValue value;
  bool as_defined = false;  // whether it is in a class's __init__
  bool in_forward = false;  // whether it is in a class's forward
  bool used = false;        // whether its target is a tensor that a later statement reads
};

// Parses what people paste: one statement per line or between semicolons. Integer expressions are
// evaluated, including names assigned before ("width = 64") and the defaults of parameters; such
// assignments are left out. A name of a tensor that was created before ("x = torch.randn(...)")
// stands for that call. Functions and classes are evaluated where they are called; if none is, the
// last class, or else the last function, is read as if it were called with its defaults. Imports,
// docstrings and what computes nothing are skipped. A forward that can't be followed is left out.
// Throws Failure "layer_text_*".
std::vector<PythonStatement> parse_python(const PlainText& text);

}  // namespace convscope::imports
