// A template: makes a question out of a setting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/lesson/lesson.h"
#include "core/quiz/answer/answer.h"
#include "core/quiz/question/worked.h"
#include "core/quiz/setting/draw.h"
#include "core/quiz/setting/drawn_scene.h"
#include "core/quiz/setting/setting.h"
#include "core/quiz/setting/wrong_computation.h"

namespace convscope::quiz {

// The form of the answer.
enum class Asked { kNumber, kPair, kCell, kShape, kMap, kChoice };

// The parts of the scene that have to be visible to answer.
struct Shows {
  bool layer = false;  // its settings, beyond those in the text
  bool input = false;
  bool weight = false;
  bool map = false;    // all of it, or the part that was stepped through
  bool error = false;  // the training's error map

  bool operator==(const Shows&) const = default;
};

// What would give the answer away, and is hidden while the question is open.
struct Veil {
  bool sum = false;           // the sum bar
  bool partial_sums = false;  // and products
  bool map_values = false;
  bool output_grid = false;      // the empty grid
  bool size_caption = false;     // its caption, and the formula of the size
  bool hatching = false;         // of the padding, and of cells that are never read
  bool coverage_counts = false;  // the corner caption, counts in cells, tooltips
  bool inspector_numbers = false;
  bool code = false;             // the code strip with its numbers
  bool receptive_row = false;    // the row of the table
  bool receptive_light = false;  // the highlighted pyramid
  bool lying_weights = false;    // the weights drawn on the window
  bool training_line = false;    // gradients and the weight's update
  bool input = false;
  bool weight = false;  // the filter, and with it its shape

  bool operator==(const Veil&) const = default;
};

// For questions that ask for a value of the map.
inline constexpr Veil kValueVeil = {
    .sum = true, .partial_sums = true, .map_values = true, .code = true};
// For questions that ask for the size of the map.
inline constexpr Veil kSizeVeil = {.map_values = true,
                                   .output_grid = true,
                                   .size_caption = true,
                                   .inspector_numbers = true,
                                   .code = true};

// What is shown after the answer.
enum class Reveal {
  kPlayTerms,
  kLightCellWeightOutput,
  kPaintBestPatch,
  kGreyZeroProducts,
  kPaintWhite,
  kSlideBracket,
  kSetInput,
  kWindowThatDoesNotFit,
  kOverlayMaps,
  kHatchPadding,
  kStripBrackets,
  kCoverageView,
  kLightOutputs,
  kJoinPartialSums,
  kAddChannel,
  kGridsAppear,
  kKernelCaptions,
  kCountOneFilter,
  kResizeInput,
  kNeuronView,
  kLightRow,
  kFlatWindow,
  kClickEdge,
  kSpreadTaps,
  kLightTaps,
  kSmallWeights,
  kStepRound,
  kFrameWinner,
  kFirstAndLastStamp,
  kDotsInCell,
  kSideBySide,
  kLightPyramid,
  kLightField,
  kSlideErrors,
  kUpdateLine,
};

using Formula = Answer (*)(const Setting&);

// A wrong answer, and the misconception that leads to it.
struct Distractor {
  std::string_view code;  // misconception.h
  Formula formula;
  WrongComputation (*wrong)(const Setting&) = nullptr;  // if it is a wrong computation
};

struct Template {
  std::string_view id;  // "4a"; its text is at "question.4a"
  int concept_number;
  Asked asked;
  std::span<const std::string_view> lessons;  // the lessons it belongs to, best first
  Shows shows;
  Veil veil;
  Reveal reveal;
  // Reads the setting from a scene at a spot; what the scene leaves open is drawn. nullopt if the
  // guard rejects it.
  std::optional<Setting> (*read)(const lesson::Scene&, const Spot&, Draw&);
  // Draws a scene to read it from; the guard may reject it, or it may not run.
  Drawn (*draw)(Draw&);
  Formula answer;  // computed by the engine
  std::span<const Distractor> distractors;
  std::size_t most_wrong = 3;  // wrong options; 2 if the question has three by nature
  WorkedSteps (*worked)(const Setting&) = nullptr;  // if the answer can be worked out in steps
};

}  // namespace convscope::quiz
