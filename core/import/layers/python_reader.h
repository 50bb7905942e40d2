// Follows pasted Python: its statements, and the functions and classes that they call. Internal to
// python_text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/import/layers/python_blocks.h"
#include "core/import/layers/python_text.h"
#include "core/import/layers/python_values.h"

namespace convscope::imports {

// Whether the value makes layers, as far as can be seen: a call, or a list of calls.
bool has_layers(const PythonValue& value);

class PythonReader : private PythonValues {
 public:
  explicit PythonReader(const PlainText& text) : PythonValues(text) {}

  std::vector<PythonStatement> statements();

 private:
  enum class Kind { kFunction, kMethod, kClass, kLambda };
  struct Defined {
    Kind kind = Kind::kFunction;
    std::size_t parameters = 0;  // behind the bracket, or behind "lambda"
    PythonBlock block;
    bool called = false;
  };
  // Where statements go. In a function or an __init__ `binds`: a name stands for any value there;
  // elsewhere only for numbers and tensors, and the reader of the layers follows the names.
  enum class Leave { kNothing, kRound, kLoop };  // continue, break
  struct Frame {
    bool binds = false;
    std::vector<PythonStatement>& out;
    std::optional<PythonValue> returned = std::nullopt;
    Leave leave = Leave::kNothing;
  };

  // Statements, up to the end of chars_ or a return.
  void run(Frame& frame);
  void run_block(const PythonBlock& block, Frame& frame);
  bool next_statement();
  void expect_end();
  bool starts_keyword(std::string_view word) const;
  bool skip_scaffold();
  bool take_definition(Frame& frame);
  bool only_runs(const PythonBlock& block, const Frame& frame) const;
  bool take_loop(Frame& frame);
  bool take_choice(Frame& frame);
  bool take_return(Frame& frame);
  bool take_parent(Frame& frame);
  void take_statement(Frame& frame);
  PythonStatement statement(bool binds);
  bool take_change(const std::string& target, const PythonValue& value, std::string_view sign);
  void keep(PythonStatement found, Frame& frame);
  bool bind(const PythonStatement& found);
  bool grow(const PythonStatement& found, Frame& frame);

  // Functions and classes.
  void define(std::string_view word, const std::string& prefix);
  void note_constants(const std::string& named, const PythonBlock& block);
  void bind_parameters(const Defined& defined, const std::vector<PythonArgument>& given);
  bool call_defined(PythonValue& call, int depth) override;
  PythonValue lambda() override;
  PythonValue called(const Defined& defined, const PythonValue& call);
  PythonValue instance(const Defined& defined, const PythonValue& call);
  void class_fields(const Defined& defined, Frame& frame);
  void run_method(const char* name, const PythonValue& call, Frame& frame);
  void run_forward(const char* name, std::vector<PythonStatement>& body);
  void read_main(std::vector<PythonStatement>& all);

  std::map<std::string, Defined, std::less<>> defined_;
  std::vector<std::string> order_;  // of their names, at the top of the text
  int calls_ = 0;                   // that are being followed
  int blocks_ = 0;                  // likewise
};

}  // namespace convscope::imports
