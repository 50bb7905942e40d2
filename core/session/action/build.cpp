#include "core/session/action/build.h"

#include "core/session/action/rows.h"
#include "core/session/edit/build_filter.h"
#include "core/session/edit/build_input.h"
#include "core/session/edit/build_layers.h"
#include "core/session/enum_names.h"

namespace convscope::session::action {
namespace {

void optional_integer(Fields& fields, std::string_view key, std::optional<std::int64_t>& number) {
  if (!fields.has(key, number.has_value())) {
    return;
  }
  std::int64_t value = number.value_or(0);
  fields.integer(key, value);
  number = value;
}

void visit_size(Fields& fields, SetInputSize& a) {
  fields.integer("channels", a.channels);
  fields.integer("height", a.height);
  fields.integer("width", a.width);
  fields.mend(a.mend);
  fields.commit(a.commit);
}

void visit_fill(Fields& fields, FillInput& a) {
  fields.word("fill", kInputFills, a.fill);
  if (fields.has("seed", a.fill == lesson::InputFill::kNoise)) {
    fields.integer("seed", a.seed);
  }
}

void visit_change(Fields& fields, ChangeInput& a) {
  fields.word("change", kInputChanges, a.change);
  const bool sized =
      a.change == lesson::InputChange::kScale || a.change == lesson::InputChange::kCrop;
  if (fields.has("size", sized)) {
    fields.integer("size", a.size);
  }
  fields.mend(a.mend);
}

void visit_preset(Fields& fields, PresetFilter& a) {
  fields.word("preset", kFilterKinds, a.preset);
  fields.integer("filter", a.filter);
  optional_integer(fields, "channel", a.channel);
  const lesson::FilterPreset& reads = lesson::preset_of_kind(a.preset);
  if (fields.has("sigma", reads.sigma)) {
    fields.number("sigma", a.numbers.sigma);
  }
  if (fields.has("angle", reads.angle)) {
    fields.number("angle", a.numbers.angle);
  }
  if (fields.has("wavelength", reads.wavelength)) {
    fields.number("wavelength", a.numbers.wavelength);
  }
  if (fields.has("seed", reads.seed)) {
    fields.integer("seed", a.numbers.seed);
  }
  fields.commit(a.commit);
}

void visit_transform(Fields& fields, TransformFilter& a) {
  fields.word("how", kFilterTransforms, a.how);
  fields.integer("filter", a.filter);
  optional_integer(fields, "channel", a.channel);
}

void visit_new_filter(Fields& fields, AddFilter& a) {
  optional_integer(fields, "copy", a.copy);
  if (fields.has("seed", !a.copy)) {
    fields.integer("seed", a.seed);
  }
}

void visit_op(Fields& fields, conv::Op& op) { fields.word("op", kOperators, op); }

// To scale or crop is a new size, whatever it does to the values.
std::string change_of_input(const Action& action) {
  switch (action.as<ChangeInput>()->change) {
    case lesson::InputChange::kScale:
    case lesson::InputChange::kCrop:
      return "set_input_size";
    default:
      return "change_input";
  }
}

}  // namespace

std::vector<Row> build_rows() {
  return {
      row<SetInputSize, set_input_size, visit_size>("set_input_size", named("set_input_size")),
      row<FillInput, fill_input, visit_fill>("fill_input", named("fill_input")),
      row<ChangeInput, change_input, visit_change>("change_input", change_of_input),
      row<TakePicture, [](Session&) {},
          [](Fields& fields, TakePicture& a) { fields.text("path", a.path); }>("take_picture"),
      row<PictureTaken, take_picture>("", named("take_picture")),
      row<PresetFilter, preset_filter, visit_preset>("preset_filter", named("set_filter")),
      row<TransformFilter, transform_filter, visit_transform>("transform_filter",
                                                              named("transform_filter")),
      row<AddFilter, add_filter, visit_new_filter>("add_filter", named("add_filter")),
      row<RemoveFilter, remove_filter,
          [](Fields& fields, RemoveFilter& a) { fields.integer("filter", a.filter); }>(
          "remove_filter", named("remove_filter")),
      row<SetOperator, set_operator,
          [](Fields& fields, SetOperator& a) { visit_op(fields, a.op); }>("set_operator",
                                                                          named("set_operator")),
      row<AddLayer, add_layer,
          [](Fields& fields, AddLayer& a) {
            visit_op(fields, a.op);
            fields.integer("at", a.at);
          }>("add_layer", named("add_layer")),
      row<RemoveLayer, remove_layer,
          [](Fields& fields, RemoveLayer& a) { fields.integer("layer", a.layer); }>(
          "remove_layer", named("remove_layer")),
      row<MoveLayer, move_layer,
          [](Fields& fields, MoveLayer& a) {
            fields.integer("layer", a.layer);
            fields.integer("to", a.to);
          }>("move_layer", named("move_layer")),
  };
}

}  // namespace convscope::session::action
