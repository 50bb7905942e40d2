#include "app/panels/bars/views.h"

#include <algorithm>
#include <array>

namespace convscope::panels {
namespace {

constexpr std::array kChoices = {
    ViewChoice{lesson::View::kFlat, Command::kViewFlat, Command::kBesideFlat, widgets::Icon::kFlat,
               "panel.view_flat"},
    ViewChoice{lesson::View::kVolume, Command::kViewVolume, Command::kBesideVolume,
               widgets::Icon::kVolume, "panel.view_volume"},
    ViewChoice{lesson::View::kStrip, Command::kViewStrip, Command::kBesideStrip,
               widgets::Icon::kStrip, "panel.view_strip"},
    ViewChoice{lesson::View::kNeuron, Command::kViewNeuron, Command::kBesideNeuron,
               widgets::Icon::kNeuron, "panel.view_neuron"},
    ViewChoice{lesson::View::kMatrix, Command::kViewMatrix, Command::kBesideMatrix,
               widgets::Icon::kMatrix, "panel.view_matrix"},
    ViewChoice{lesson::View::kDescent, Command::kViewDescent, Command::kBesideDescent,
               widgets::Icon::kDescent, "panel.view_descent"},
    ViewChoice{lesson::View::kCoverage, Command::kViewCoverage, Command::kBesideCoverage,
               widgets::Icon::kCoverage, "panel.view_coverage"},
    ViewChoice{lesson::View::kReceptiveField, Command::kViewReceptiveField,
               Command::kBesideReceptiveField, widgets::Icon::kReceptiveField,
               "panel.view_receptive_field"},
};

}  // namespace

std::span<const ViewChoice> view_choices() { return kChoices; }

const ViewChoice& choice_of(lesson::View view) {
  return *std::ranges::find(kChoices, view, &ViewChoice::view);
}

}  // namespace convscope::panels
