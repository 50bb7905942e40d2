// Collects what the readers of PyTorch, Keras and Flax find. Internal to layer_text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/import/layers/call_arguments.h"
#include "core/import/layers/layer_text.h"

namespace convscope::imports {

// A padding layer, until a convolution takes it over.
struct PaddingLayer {
  conv::Pads pads;
  conv::PaddingMode mode = conv::PaddingMode::kZeros;
  bool one_dimensional = false;
};

class LayerCollector {
 public:
  LayerCollector(const PlainText& text, const LayerTextOptions& options)
      : text_(&text), options_(&options) {}

  const LayerTextOptions& options() const { return *options_; }

  // Adds a layer. ReLU fits any number of dimensions; the rest of the network decides. Null if the
  // network has already ended; valid until the next call.
  PastedLayer* layer(const CallArguments& call, const conv::LayerSpec& spec, bool one_dimensional);
  void padding(const CallArguments& call, const PaddingLayer& padding);
  // Notes a layer that is left out, which changes the maps or not: "layer_activation_left_out",
  // "layer_left_out".
  void remark(std::string code, const PythonValue& call);
  void remark(Problem remark);
  // Ends the network at a layer that is not computed by windows.
  void end(const PythonValue& call);
  void input(const Shape& shape) { found_.input = shape; }

  // Sets the name of the next layer.
  void name(std::string_view dotted) { name_ = last_name(dotted); }
  void name_last(std::string_view dotted) {
    std::string& name = found_.layers.back().name;
    name = name.empty() ? std::string(last_name(dotted)) : name;
  }
  std::size_t size() const { return found_.layers.size(); }
  // Flips the kernel of the convolution with this name, or of the last one.
  void flip(const PythonValue& at, std::string_view layer);

  LayerText finish();

 private:
  [[noreturn]] void fail(const char* code, std::size_t at, ProblemValues more = {}) const;
  void take_over_padding(PastedLayer& layer, const CallArguments& call);
  void unify_dimensions();

  const PlainText* text_;
  const LayerTextOptions* options_;
  LayerText found_;
  std::string name_;
  std::optional<PaddingLayer> padding_;
  std::size_t padding_at_ = 0;
  std::string padding_word_;
  std::optional<std::string> ended_by_;
  std::vector<bool> any_dimensions_;  // for each layer
};

// Each reads the call if it knows the name, and returns whether it did.
bool read_torch_layer(LayerCollector& into, const PlainText& text, const PythonValue& call);
bool read_torch_function(LayerCollector& into, const PlainText& text, const PythonValue& call);
bool read_keras_layer(LayerCollector& into, const PlainText& text, const PythonValue& call);
bool read_array_function(LayerCollector& into, const PlainText& text, const PythonValue& call);
bool read_flax_layer(LayerCollector& into, const PlainText& text, const PythonValue& call);

// The names that each knows, to suggest for typos.
extern const std::vector<std::string_view> kTorchNames;
extern const std::vector<std::string_view> kKerasNames;

// Whether this is the name of a function that creates a tensor: "torch.randn", "jnp.ones".
bool makes_tensor(std::string_view name);

// The sizes in "torch.randn(8, 3, 3, 3)" or "torch.zeros((1, 3, 8, 8))", as NCHW with leading ones;
// a signal's (N, C, L) as (N, C, 1, L). nullopt for any other value.
std::optional<Shape> shape_of_made_tensor(const PythonValue& value, bool one_dimensional);

}  // namespace convscope::imports
