// Lesson: the document. What a lesson file holds and what undo restores; nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/conv/conv2d_spec.h"
#include "core/tensor/random.h"
#include "core/tensor/tensor.h"

namespace convscope {

enum class Language { kEnglish, kRussian };

// One text in every language; a missing language falls back to English, then to any.
struct LocalizedText {
  std::map<std::string, std::string> by_language;  // "en", "ru"

  const std::string& in(Language language) const;
  bool operator==(const LocalizedText&) const = default;
};

// Where a tensor comes from, as the file says it.
struct InlineSource {
  bool operator==(const InlineSource&) const = default;
};
struct SeededSource {
  RandomSpec random;
  bool operator==(const SeededSource&) const = default;
};
struct FileSource {
  enum class Kind { kNpy, kImage };
  Kind kind = Kind::kNpy;
  std::string path;  // as written; relative to the lesson file. "bundled:NAME" is embedded
  bool operator==(const FileSource&) const = default;
};

struct TensorRef {
  std::variant<InlineSource, SeededSource, FileSource> source;
  Tensor base;                   // the values of `source`, already loaded
  std::map<Index, float> edits;  // a sparse overlay over `base`

  // base with the edits applied; shares base's storage when there are none.
  Tensor tensor() const;
};

// How the input is coloured. kAuto: grey for one channel of non-negative values, RGB for three
// channels within 0..255, else signed.
enum class InputColors { kAuto, kGray, kRgb, kSigned };

enum class LayerKind { kConv1d, kConv2d };

struct Layer {
  LayerKind kind = LayerKind::kConv2d;
  std::string name;  // as code calls it: "conv"
  Conv2dSpec spec;   // a conv1d has height 1 everywhere
  TensorRef weight;  // (K, C/groups, kh, kw)
  TensorRef bias;    // (1, 1, 1, K); empty without bias
};

enum class View { kFlat };

struct Narration {
  std::int64_t position = 0;  // shown from this position on; -1 before the first
  LocalizedText text;
  bool operator==(const Narration&) const = default;
};

struct Scene {
  LocalizedText title;  // may be empty: the lesson's title stands
  std::string input_name = "img";
  TensorRef input;  // (N, C, H, W)
  InputColors colors = InputColors::kAuto;
  std::vector<Layer> layers;  // at least one
  View view = View::kFlat;
  std::vector<Narration> narration;  // by ascending position
};

struct Lesson {
  std::string id;
  LocalizedText title;
  LocalizedText summary;      // one line, for lists
  std::vector<Scene> scenes;  // at least one
};

// Equal documents: same settings and texts, tensors of the same storage and edits. Cheap.
bool same_document(const Lesson& a, const Lesson& b);

}  // namespace convscope
