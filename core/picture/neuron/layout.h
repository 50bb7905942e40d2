// Where the neuron view puts things: the input, the patch unrolled into a column, the neurons, the
// map.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/kit/plane.h"
#include "core/picture/step/window_scene.h"

namespace convscope::picture::neuron {

// One input of the neuron: the value, the weight on its edge, their product.
struct NeuronRow {
  std::int64_t term = -1;  // of the step; -1: the bias, whose input is 1
  Rect input;
  Rect weight;
  Rect product;
};

struct Layout {
  std::vector<kit::Plane> input;       // a slice per shown channel, the first one in front
  std::vector<std::int64_t> channels;  // of the group, by slice
  bool stacked = false;                // the slices lie behind each other
  bool merged = false;                 // one picture of all three channels
  std::vector<NeuronRow> rows;
  std::vector<float> gaps;  // y of the marks for inputs that are left out
  Point neuron;             // where the active neuron stands
  float radius = 0;
  float ghost_radius = 0;
  int ghosts = 0;  // on each side of it
  kit::Plane output;
  bool narrow = false;  // half a stage: two lines of captions
  Rect captions;        // above all of this
  Rect words;           // lines below it
  std::size_t lines = 0;
  float text = 0;  // size of the numbers in the rows, pixels per em
};

// `lines`: of words below the neurons.
Layout lay_out(const step::WindowScene& scene, float scale, float text_scale,
               std::size_t lines = 2);

// The distance from the active neuron of one that is `slots` places away (fractions while they
// move), and how large it is.
float neuron_offset(const Layout& layout, double slots);
float neuron_radius(const Layout& layout, double slots);

}  // namespace convscope::picture::neuron
