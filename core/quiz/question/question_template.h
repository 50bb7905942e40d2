// A template: what makes a question out of a setting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/lesson/lesson.h"
#include "core/quiz/answer/answer.h"
#include "core/quiz/setting/draw.h"
#include "core/quiz/setting/drawn_scene.h"
#include "core/quiz/setting/setting.h"
#include "core/quiz/setting/wrong_computation.h"

namespace convscope::quiz {

// How the answer is asked for.
enum class Asked { kNumber, kPair, kCell, kShape, kMap, kChoice };

// The parts of the scene that one has to see to answer.
struct Shows {
  bool layer = false;  // its settings, beyond what the text says
  bool input = false;
  bool weight = false;
  bool map = false;    // all of it, or the part that was stepped through
  bool error = false;  // the error map of the training

  bool operator==(const Shows&) const = default;
};

// What would give the answer away while the question is open.
struct Veil {
  bool sum = false;           // the sum bar
  bool partial_sums = false;  // and the products
  bool map_values = false;
  bool output_grid = false;      // the empty grid
  bool size_caption = false;     // its caption, and the formula of the size
  bool hatching = false;         // of the padding, and of cells that are never read
  bool coverage_counts = false;  // the corner caption, counts in cells, hovers
  bool inspector_numbers = false;
  bool code = false;             // the program with its numbers
  bool receptive_row = false;    // the row of the table
  bool receptive_light = false;  // the pyramid
  bool lying_weights = false;    // the weights as they lie on the window
  bool training_line = false;    // gradients and the weight's update
  bool input = false;
  bool weight = false;  // the filter, and with it its shape

  bool operator==(const Veil&) const = default;
};

// Where a value of the map is asked for.
inline constexpr Veil kValueVeil = {
    .sum = true, .partial_sums = true, .map_values = true, .code = true};
// Where the size of the map is asked for.
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

// A wrong answer, by the thought that leads to it.
struct Distractor {
  std::string_view code;  // misconception.h
  Formula formula;
  WrongComputation (*wrong)(const Setting&) = nullptr;  // where it is a wrong computation
};

struct Template {
  std::string_view id;  // "4a"; its text is at "question.4a"
  int concept_number;
  Asked asked;
  std::span<const std::string_view> lessons;  // whose own questions it gives, best first
  Shows shows;
  Veil veil;
  Reveal reveal;
  // The setting of a scene at a spot; what it leaves open is drawn. Nothing where the guard does
  // not hold.
  std::optional<Setting> (*read)(const lesson::Scene&, const Spot&, Draw&);
  // A scene to read it from; it may fail the guard, or not run.
  Drawn (*draw)(Draw&);
  Formula answer;  // by the engine
  std::span<const Distractor> distractors;
  std::size_t most_wrong = 3;  // wrong options; 2 where the question has three by nature
};

}  // namespace convscope::quiz
