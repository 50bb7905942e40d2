#include "app/panels/views.h"

#include <algorithm>
#include <array>

namespace convscope {
namespace {

constexpr std::array kChoices = {
    ViewChoice{View::kFlat, Command::kViewFlat, Command::kBesideFlat, Icon::kFlat,
               "panel.view_flat"},
    ViewChoice{View::kVolume, Command::kViewVolume, Command::kBesideVolume, Icon::kVolume,
               "panel.view_volume"},
    ViewChoice{View::kStrip, Command::kViewStrip, Command::kBesideStrip, Icon::kStrip,
               "panel.view_strip"},
    ViewChoice{View::kNeuron, Command::kViewNeuron, Command::kBesideNeuron, Icon::kNeuron,
               "panel.view_neuron"},
    ViewChoice{View::kMatrix, Command::kViewMatrix, Command::kBesideMatrix, Icon::kMatrix,
               "panel.view_matrix"},
    ViewChoice{View::kDescent, Command::kViewDescent, Command::kBesideDescent, Icon::kDescent,
               "panel.view_descent"},
    ViewChoice{View::kCoverage, Command::kViewCoverage, Command::kBesideCoverage, Icon::kCoverage,
               "panel.view_coverage"},
    ViewChoice{View::kReceptiveField, Command::kViewReceptiveField, Command::kBesideReceptiveField,
               Icon::kReceptiveField, "panel.view_receptive_field"},
};

}  // namespace

std::span<const ViewChoice> view_choices() { return kChoices; }

const ViewChoice& choice_of(View view) {
  return *std::ranges::find(kChoices, view, &ViewChoice::view);
}

}  // namespace convscope
