// Lesson: the document. What a lesson file holds and undo restores; nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/training/gradient_descent.h"
#include "core/lesson/edits.h"
#include "core/tensor/random.h"
#include "core/tensor/shared.h"
#include "core/tensor/tensor.h"

namespace convscope::lesson {

enum class Language { kEnglish, kRussian };

// One text in several languages; a missing language falls back to English, then to any.
struct LocalizedText {
  std::map<std::string, std::string> by_language;  // "en", "ru"

  const std::string& in(Language language) const;
  bool operator==(const LocalizedText&) const = default;
};

// Where a tensor comes from, as stated in the file.
struct InlineSource {
  bool operator==(const InlineSource&) const = default;
};
struct SeededSource {
  RandomSpec random;
  bool operator==(const SeededSource&) const = default;
};
struct FileSource {
  enum class Kind { kNpy, kImage, kNpz, kSafetensors };
  Kind kind = Kind::kNpy;
  std::string path = {};   // as written; relative to the lesson file. "bundled:NAME" is embedded
  std::string name = {};   // of the array, in a file that holds several
  std::string slice = {};  // the part of an array, in Python's notation; empty: all of it
  bool shrink = false;     // an image that is too large is scaled down to what fits
  bool operator==(const FileSource&) const = default;
};

struct TensorRef {
  std::variant<InlineSource, SeededSource, FileSource> source;
  Tensor base;  // the values of `source`, already loaded
  Edits edits;  // sparse, applied over `base`

  // `base` with the edits applied; shares base's storage if there are none.
  Tensor tensor() const;
  // Bitwise, so that 0 differs from -0; immediate if the storage is shared.
  bool operator==(const TensorRef& other) const;
};

// How the input is coloured. kAuto: grey for one channel of non-negative values, RGB for three
// channels within 0..255, otherwise signed.
enum class InputColors { kAuto, kGray, kRgb, kSigned };

struct Layer {
  std::string name;  // its name in code: "conv"
  conv::LayerSpec spec;
  bool one_dimensional = false;  // conv1d, max_pool1d, ...: height 1 everywhere
  TensorRef weight;              // weight_shape(spec); empty without weights
  TensorRef bias;                // (1, 1, 1, K); empty without bias

  bool operator==(const Layer&) const = default;
};

// Each has a row in views.h.
enum class View { kFlat, kVolume, kStrip, kNeuron, kMatrix, kDescent, kCoverage, kReceptiveField };

// The lecture's program next to the picture, with the current step's numbers in it. kLoop: two
// loops, a segment, torch.sum. kLinear: the same loops around an nn.Linear.
// kConv2d: its first cell, the layer and the shapes that it prints.
enum class CodeStrip { kNone, kLoop, kLinear, kConv2d };

// Whether a transposed convolution is shown by its output cells (stretch the input, slide the
// turned kernel) or by its input cells (every value stamps its multiple of the kernel).
enum class TransposedAs { kZeroInsert, kScatterAdd };

// Filters to be learned by gradient descent: of the first layer, which must be a convolution, or of
// all layers together, which must then be convolutions and ReLUs. The target is the map that the
// scene's own weights give, unless one is drawn.
struct Training {
  conv::Optimizer optimizer;
  std::int64_t steps = 200;
  TensorRef start;   // the weights before the first step; the bias starts at 0
  TensorRef target;  // a drawn map (N, K, OH, OW) of the last trained layer; empty: none
  bool all_layers = false;
  std::vector<TensorRef> later_starts = {};  // of the convolutions after the first; or none of them

  bool operator==(const Training&) const = default;
};

// A map that the first layer is claimed to produce, to be compared with the computed one.
struct ReferenceMap {
  LocalizedText label;
  TensorRef map;  // (N, K, OH, OW)

  bool operator==(const ReferenceMap&) const = default;
};

struct Narration {
  std::int64_t position = 0;  // shown from this position's result on; -1: before the first
  LocalizedText text;
  std::int64_t layer = 0;  // whose picture it speaks of, and whose positions it counts
  bool operator==(const Narration&) const = default;
};

struct Scene {
  LocalizedText title;  // may be empty: the lesson's title is used
  std::string input_name = "img";
  TensorRef input;  // (N, C, H, W)
  InputColors colors = InputColors::kAuto;
  std::vector<Layer> layers;  // at least one
  View view = View::kFlat;
  std::optional<View> second_view;  // side by side with the first
  CodeStrip code = CodeStrip::kNone;
  TransposedAs transposed_as = TransposedAs::kZeroInsert;
  std::optional<Training> training;
  std::optional<ReferenceMap> reference_map;
  // By ascending layer and position. A text whose place an edit took away stays, unseen, until the
  // place is there again.
  std::vector<Narration> narration;
  // The position of the first layer at which the scene opens; -1: the empty map. A scene with one
  // is looked at here and there: played with its texts, it ends at the last of them.
  std::int64_t start = -1;
  // Its texts ask for the size of the map, or for what is never read: the flat view keeps both to
  // itself until the last of them.
  bool asks = false;

  bool operator==(const Scene&) const = default;
};

// Versions of a lesson share the scenes that no edit has changed.
struct Lesson {
  std::string id;
  LocalizedText title;
  LocalizedText summary;              // one line, for lists
  std::vector<Shared<Scene>> scenes;  // at least one
  // Attached by its author: templates of questions, without which the program chooses some, and
  // exercises besides those that name the lesson themselves.
  std::vector<std::string> questions = {};
  std::vector<std::string> exercises = {};

  bool operator==(const Lesson&) const = default;
};

// Whether input, layers and training have equal numbers, regardless of texts and appearance.
// Tensors that share no storage are compared value by value: an edit may have restored the old
// values.
bool same_numbers(const Scene& a, const Scene& b);

}  // namespace convscope::lesson
