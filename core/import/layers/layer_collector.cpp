#include <algorithm>
#include <utility>

#include "core/import/layers/layer_reader.h"
#include "core/lesson/build/reshape.h"

namespace convscope::imports {

void LayerCollector::fail(const char* code, std::size_t at, ProblemValues more) const {
  throw Failure({code, "", text_->values_at(at, std::move(more))});
}

PastedLayer* LayerCollector::layer(const CallArguments& call, const conv::LayerSpec& spec,
                                   bool one_dimensional) {
  if (ended_by_) {
    return nullptr;
  }
  if (found_.layers.size() == kMostPastedLayers) {
    fail("layer_text_too_many", call.call().begin,
         {{"limit", static_cast<std::int64_t>(kMostPastedLayers)}});
  }
  PastedLayer layer;
  layer.name = std::exchange(name_, {});
  layer.spec = spec;
  layer.one_dimensional = one_dimensional;
  layer.place = text_->place(call.call().begin);
  layer.settings = call.places();
  if (padding_) {
    take_over_padding(layer, call);
  }
  found_.layers.push_back(std::move(layer));
  any_dimensions_.push_back(spec.op == conv::Op::kRelu);
  return &found_.layers.back();
}

void LayerCollector::take_over_padding(PastedLayer& layer, const CallArguments& call) {
  conv::LayerSpec& spec = layer.spec;
  const conv::Pads& own = spec.pads;
  const bool pads = spec.padding == conv::PaddingRule::kSame ||
                    spec.padding == conv::PaddingRule::kSameTf ||
                    (spec.padding == conv::PaddingRule::kExplicit && own != conv::Pads{});
  const bool zeros = padding_->mode == conv::PaddingMode::kZeros &&
                     spec.padding_mode == conv::PaddingMode::kZeros &&
                     (!pads || spec.padding == conv::PaddingRule::kExplicit);
  if (spec.op != conv::Op::kConv || layer.one_dimensional != padding_->one_dimensional ||
      (pads && !zeros)) {
    fail("layer_padding_alone", padding_at_,
         {{"word", padding_word_}, {"next", std::string(call.called())}});
  }
  const conv::Pads& more = padding_->pads;
  const auto sum = [](std::int64_t a, std::int64_t b) {
    const std::int64_t most = std::int64_t{1} << 40;  // refused later
    return std::clamp(a, -most, most) + std::clamp(b, -most, most);
  };
  const conv::Pads kept = spec.padding == conv::PaddingRule::kExplicit ? own : conv::Pads{};
  spec.pads = {sum(kept.top, more.top), sum(kept.bottom, more.bottom), sum(kept.left, more.left),
               sum(kept.right, more.right)};
  spec.padding = conv::PaddingRule::kExplicit;
  spec.padding_mode = padding_->mode;
  padding_.reset();
}

void LayerCollector::padding(const CallArguments& call, const PaddingLayer& padding) {
  if (ended_by_) {
    return;
  }
  if (padding_) {
    fail("layer_padding_alone", padding_at_,
         {{"word", padding_word_}, {"next", std::string(call.called())}});
  }
  padding_ = padding;
  padding_at_ = call.call().begin;
  padding_word_ = call.called();
}

void LayerCollector::remark(std::string code, const PythonValue& call) {
  remark({std::move(code), "",
          text_->values_at(call.begin, {{"called", std::string(last_name(call.word))}})});
}

void LayerCollector::remark(Problem remark) {
  if (!ended_by_) {
    found_.remarks.push_back(std::move(remark));
  }
}

void LayerCollector::end(const PythonValue& call) {
  if (ended_by_) {
    return;
  }
  const std::string word(last_name(call.word));
  if (found_.layers.empty()) {
    const bool volumes = word.ends_with("3d") || word.ends_with("3D");
    fail(volumes ? "layer_of_volumes" : "layer_foreign", call.begin, {{"called", word}});
  }
  ended_by_ = word;
  found_.remarks.push_back(
      {"layer_rest_left_out", "", text_->values_at(call.begin, {{"called", word}})});
}

void LayerCollector::flip(const PythonValue& at, std::string_view name) {
  for (auto layer = found_.layers.rbegin(); layer != found_.layers.rend(); ++layer) {
    if (layer->spec.op == conv::Op::kConv &&
        (layer->name == name || layer == found_.layers.rbegin())) {
      layer->spec.flip = !layer->spec.flip;
      return;
    }
  }
  fail("layer_flip_alone", at.begin, {{"word", std::string(name)}});
}

void LayerCollector::unify_dimensions() {
  std::optional<bool> one;
  for (std::size_t i = 0; i < found_.layers.size(); ++i) {
    PastedLayer& layer = found_.layers[i];
    if (any_dimensions_[i]) {
      continue;
    }
    if (one && *one != layer.one_dimensional) {
      ProblemValues values = {{"row", layer.place.row}, {"column", layer.place.column}};
      throw Failure({"layer_dimensions_mixed", "", std::move(values)});
    }
    one = layer.one_dimensional;
  }
  for (PastedLayer& layer : found_.layers) {
    layer.one_dimensional = one.value_or(false);
    layer.spec = lesson::spec_for(layer.one_dimensional, layer.spec);
  }
}

LayerText LayerCollector::finish() {
  if (padding_) {
    fail("layer_padding_alone", padding_at_, {{"word", padding_word_}, {"next", "-"}});
  }
  if (found_.layers.empty()) {
    fail("layer_none", 0);
  }
  unify_dimensions();
  return std::move(found_);
}

}  // namespace convscope::imports
