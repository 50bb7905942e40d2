#include "core/session/edit/build_filter.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/filter_presets.h"
#include "core/lesson/build/reshape.h"
#include "core/session/edit/build_layers.h"
#include "core/session/edit/scene_change.h"

namespace convscope::session {
namespace {

std::int64_t plane_of(const conv::LayerSpec& spec) {
  return spec.kernel_size.h * spec.kernel_size.w;
}
std::int64_t channels_of(const conv::LayerSpec& spec) { return spec.in_channels / spec.groups; }

// Whether the layer on stage has the filter, and the filter the channel; else there is a notice.
bool has_filter(Session& session, std::int64_t filter, const std::optional<std::int64_t>& channel) {
  const conv::LayerSpec& spec = layer_of(session).spec;
  const bool there = conv::has_weight(spec.op) && filter >= 0 && filter < spec.out_channels &&
                     (!channel || (*channel >= 0 && *channel < channels_of(spec)));
  if (!there) {
    session.transient.notice = Problem{"value_outside", "weight", {}};
  }
  return there;
}

std::vector<float> values_in(const lesson::Layer& layer, std::int64_t filter) {
  const Tensor weight = layer.weight.tensor();
  std::vector<float> values;
  const std::int64_t count = channels_of(layer.spec) * plane_of(layer.spec);
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(weight.at(filter_cell(layer.spec, filter, i)));
  }
  return values;
}

// The filters of a transposed layer lie side by side: drawn anew for another number of them, a
// seeded tensor would have other values in all.
void keep_filters(lesson::Layer& layer) {
  if (conv::operator_of(layer.spec.op).transposed()) {
    layer.weight = {lesson::InlineSource{}, layer.weight.tensor(), {}};
  }
}

// `values` of all channels, or of one of them.
void replace(Session& session, std::int64_t filter, const std::optional<std::int64_t>& channel,
             const std::vector<float>& values, bool commit) {
  const conv::LayerSpec spec = layer_of(session).spec;
  const std::int64_t first = channel.value_or(0) * plane_of(spec);
  change_scene(session, commit, [&](lesson::Scene& scene) {
    lesson::TensorRef& weight = scene.layers[static_cast<std::size_t>(session.look.layer)].weight;
    for (std::int64_t i = 0; i < std::ssize(values); ++i) {
      write(weight, filter_cell(spec, filter, first + i), values[static_cast<std::size_t>(i)]);
    }
  });
}

}  // namespace

std::vector<float> filter_values(const Session& session, std::int64_t filter) {
  return values_in(layer_of(session), filter);
}

void set_filter(Session& session, const action::SetFilter& action) {
  if (!has_filter(session, action.filter, std::nullopt)) {
    return;
  }
  const conv::LayerSpec& spec = layer_of(session).spec;
  const auto plane = static_cast<std::size_t>(plane_of(spec));
  const std::size_t count = static_cast<std::size_t>(channels_of(spec)) * plane;
  const std::size_t given = action.values.size();
  if (given != plane && given != count) {
    session.transient.notice = Problem{"filter_size",
                                       "weight",
                                       {{"expected", static_cast<std::int64_t>(count)},
                                        {"found", static_cast<std::int64_t>(given)}}};
    return;
  }
  if (!std::ranges::all_of(action.values, [](float value) { return std::isfinite(value); })) {
    session.transient.notice = Problem{"value_not_finite", "weight", {}};
    return;
  }
  std::vector<float> values;
  while (values.size() < count) {
    values.insert(values.end(), action.values.begin(), action.values.end());
  }
  replace(session, action.filter, std::nullopt, values, true);
}

void preset_filter(Session& session, const action::PresetFilter& action) {
  if (!has_filter(session, action.filter, action.channel)) {
    return;
  }
  const conv::LayerSpec& spec = layer_of(session).spec;
  if (auto problem = lesson::preset_problem(action.preset, action.numbers, spec.kernel_size)) {
    session.transient.notice = std::move(problem);
    return;
  }
  replace(session, action.filter, action.channel,
          lesson::preset_values(action.preset, action.numbers, spec.kernel_size,
                                action.channel ? 1 : channels_of(spec)),
          action.commit);
}

void transform_filter(Session& session, const action::TransformFilter& action) {
  if (!has_filter(session, action.filter, action.channel)) {
    return;
  }
  const conv::LayerSpec& spec = layer_of(session).spec;
  if (!lesson::keeps_shape(action.how, spec.kernel_size)) {
    session.transient.notice = Problem{"preset_needs_square",
                                       "kernel_size",
                                       {{"h", spec.kernel_size.h}, {"w", spec.kernel_size.w}}};
    return;
  }
  const std::vector<float> all = filter_values(session, action.filter);
  std::span<const float> values = all;
  if (action.channel) {
    const auto plane = static_cast<std::size_t>(plane_of(spec));
    values = values.subspan(static_cast<std::size_t>(*action.channel) * plane, plane);
  }
  replace(session, action.filter, action.channel,
          lesson::transformed(values, spec.kernel_size, action.how), true);
}

void add_filter(Session& session, const action::AddFilter& action) {
  const conv::LayerSpec& spec = layer_of(session).spec;
  if (!has_filter(session, action.copy.value_or(0), std::nullopt)) {
    return;
  }
  std::vector<lesson::Layer> layers = scene_of(session).layers;
  lesson::Layer& layer = layers[static_cast<std::size_t>(session.look.layer)];
  conv::LayerSpec wanted = spec;
  wanted.out_channels += 1;
  if (std::vector<Problem> found = followed_problems(session, wanted); !found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  const std::int64_t count = channels_of(spec) * plane_of(spec);
  const std::vector<float> values =
      action.copy ? values_in(layer, *action.copy)
                  : lesson::random_weights(count, count, static_cast<std::uint64_t>(action.seed));
  const float bias =
      action.copy && spec.bias ? layer.bias.tensor().at({0, 0, 0, *action.copy}) : 0.0F;
  keep_filters(layer);
  lesson::reshape_layer(layer, wanted);
  for (std::int64_t i = 0; i < count; ++i) {
    write(layer.weight, filter_cell(wanted, wanted.out_channels - 1, i),
          values[static_cast<std::size_t>(i)]);
  }
  if (spec.bias && action.copy) {
    write(layer.bias, {0, 0, 0, wanted.out_channels - 1}, bias);
  }
  replace_layers(session, std::move(layers), session.look.layer);
}

void remove_filter(Session& session, const action::RemoveFilter& action) {
  if (!has_filter(session, action.filter, std::nullopt)) {
    return;
  }
  conv::LayerSpec wanted = layer_of(session).spec;
  if (wanted.out_channels == 1) {
    session.transient.notice = Problem{"last_filter", "out_channels", {}};
    return;
  }
  wanted.out_channels -= 1;
  if (std::vector<Problem> found = followed_problems(session, wanted); !found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  std::vector<lesson::Layer> layers = scene_of(session).layers;
  lesson::Layer& layer = layers[static_cast<std::size_t>(session.look.layer)];
  const lesson::Layer before = layer;
  keep_filters(layer);
  lesson::reshape_layer(layer, wanted);
  const std::int64_t count = channels_of(wanted) * plane_of(wanted);
  for (std::int64_t k = action.filter; k < wanted.out_channels; ++k) {
    const std::vector<float> values = values_in(before, k + 1);
    for (std::int64_t i = 0; i < count; ++i) {
      write(layer.weight, filter_cell(wanted, k, i), values[static_cast<std::size_t>(i)]);
    }
    if (wanted.bias) {
      write(layer.bias, {0, 0, 0, k}, before.bias.tensor().at({0, 0, 0, k + 1}));
    }
  }
  replace_layers(session, std::move(layers), session.look.layer);
}

}  // namespace convscope::session
