// What is chosen and half-typed while one builds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/lesson/build/filter_presets.h"
#include "core/lesson/lesson.h"
#include "core/tensor/problem.h"
#include "core/tensor/shared.h"
#include "core/tensor/tensor.h"

namespace convscope::panels {

// What the inspector shows: it follows the selection.
enum class InspectorTab { kInput, kFilter, kLayer, kMap, kTraining, kTexts };

// What a check of the lesson found; over when the lesson is another one.
struct CheckedLesson {
  Shared<lesson::Lesson> lesson;
  std::vector<Problem> problems;
};

// What was chosen among a layer's filters; with another layer on stage it is over.
struct FilterChoice {
  std::int64_t document = -1;  // the layer
  std::int64_t scene = -1;
  std::int64_t layer = -1;
  // Until another filter is under way on the stage; none: that one.
  std::optional<std::int64_t> filter = std::nullopt;
  std::int64_t under_way = -1;                         // when `filter` was chosen
  std::optional<std::int64_t> channel = std::nullopt;  // that a preset goes to; none: all
};

struct ToldFilter;

struct Building {
  InspectorTab tab = InspectorTab::kLayer;
  bool trained = false;  // the view before counted steps of training
  FilterChoice chosen = {};
  std::shared_ptr<const ToldFilter> told = nullptr;  // what the inspector last said of a filter
  lesson::FilterKind preset = lesson::FilterKind::kIdentity;
  lesson::FilterNumbers numbers = {};
  std::optional<lesson::FilterNumbers> typed_numbers = std::nullopt;  // one is half-typed
  std::optional<Shape> typed_size = std::nullopt;
  // A size of the input that the layers can't read; it is asked for when it is mended.
  std::optional<Shape> refused_size = std::nullopt;
  std::int64_t seed = 1;   // of noise
  std::int64_t side = 32;  // to scale or crop to
  bool why = true;         // which folds are open
  bool engine = false;
  std::shared_ptr<const CheckedLesson> checked = nullptr;
  // Whether the strip of layers is wanted; without a choice it shows where there are several.
  std::optional<bool> strip = std::nullopt;
  // A layer of the strip that is being dragged, and where it would go.
  std::optional<std::int64_t> dragged = std::nullopt;
};

}  // namespace convscope::panels
