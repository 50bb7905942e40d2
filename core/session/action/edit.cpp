#include "core/session/edit/edit.h"

#include "core/session/action/rows.h"
#include "core/session/edit/build_filter.h"
#include "core/session/edit/history.h"
#include "core/session/edit/put_tensor.h"
#include "core/session/enum_names.h"

namespace convscope::session::action {
namespace {

// A cell of the stage tensors stands for one of the layer's own.
std::string change_of(TensorRole tensor) {
  switch (tensor) {
    case TensorRole::kWeight:
    case TensorRole::kFlipped:
      return "set_weight";
    case TensorRole::kBias:
      return "set_bias";
    case TensorRole::kTarget:
      return "set_target";
    case TensorRole::kInput:
    case TensorRole::kZeroInserted:
    case TensorRole::kOutput:
    case TensorRole::kProduct:
      break;
  }
  return "set_input";
}

std::string change_of_tensor(const Action& action) {
  switch (action.as<SetTensor>()->tensor) {
    case TensorRole::kWeight:
      return "put_weight";
    case TensorRole::kBias:
      return "put_bias";
    default:
      return "put_input";
  }
}

// [c, h, w] in JSON: what is left out is 0 there.
void visit_shape(Fields& fields, Shape& shape) {
  Index sides = {shape.n, shape.c, shape.h, shape.w};
  fields.place("shape", sides);
  shape = {sides.n, sides.c, sides.y, sides.x};
}

std::string change_of_value(const Action& action) {
  return change_of(action.as<SetValue>()->target.tensor);
}

std::string change_of_paint(const Action& action) {
  return change_of(action.as<Paint>()->target.tensor);
}

std::string change_of_relu(const Action& action) {
  return action.as<SetRelu>()->relu ? "add_relu" : "remove_relu";
}

std::string change_of_target(const Action& action) {
  return action.as<DrawTarget>()->draw ? "draw_target" : "drop_target";
}

}  // namespace

std::vector<Row> edit_rows() {
  return {
      row<SetValue, set_value,
          [](Fields& fields, SetValue& a) {
            fields.target(a.target);
            fields.value("value", a.value);
            fields.commit(a.commit);
          }>("set_value", change_of_value),
      row<Paint, paint,
          [](Fields& fields, Paint& a) {
            fields.target(a.target);
            const bool dab = !fields.has("to", a.to != a.target.at);
            if (dab) {
              a.to = a.target.at;
            } else {
              fields.place("to", a.to);
            }
            if (fields.has("size", a.size != 1)) {
              fields.integer("size", a.size);
            }
            fields.value("value", a.value);
            if (fields.has("all_channels", a.all_channels)) {
              fields.boolean("all_channels", a.all_channels);
            }
            fields.commit(a.commit);
          }>("paint", change_of_paint),
      row<Commit, [](Session& session) { close_drag(session.document); }>("commit"),
      row<SetSpec, set_spec,
          [](Fields& fields, SetSpec& a) {
            fields.spec(a.spec);
            fields.mend(a.mend);
            fields.commit(a.commit);
          }>("set_spec", named("set_spec")),
      row<SetFilter, set_filter,
          [](Fields& fields, SetFilter& a) {
            fields.integer("filter", a.filter);
            fields.values("values", a.values);
          }>("set_filter", named("set_filter")),
      row<SetTensor, set_tensor,
          [](Fields& fields, SetTensor& a) {
            fields.word("tensor", kTensorRoles, a.tensor);
            visit_shape(fields, a.shape);
            fields.values("values", a.values);
          }>("set_tensor", change_of_tensor),
      row<SetRelu, set_relu, [](Fields& fields, SetRelu& a) { fields.boolean("relu", a.relu); }>(
          "set_relu", change_of_relu),
      row<SetTraining, set_training,
          [](Fields& fields, SetTraining& a) {
            fields.optimizer(a.optimizer);
            if (fields.has("steps", true)) {
              fields.integer("steps", a.steps);
            }
            if (fields.has("all_layers", a.all_layers.has_value())) {
              fields.boolean("all_layers", a.all_layers ? *a.all_layers : a.all_layers.emplace());
            }
            fields.commit(a.commit);
          }>("set_training", named("set_training")),
      row<SetStart, set_start, [](Fields& fields, SetStart& a) { fields.integer("seed", a.seed); }>(
          "set_start", named("set_start")),
      row<DrawTarget, draw_target,
          [](Fields& fields, DrawTarget& a) { fields.boolean("draw", a.draw); }>("draw_target",
                                                                                 change_of_target),
      row<ResetScene, reset_scene>("reset_scene", named("reset_scene")),
      row<DropDraft, [](Session& session) { session.transient.draft.reset(); }>("drop_draft"),
      row<Undo, undo>("undo"),
      row<Redo, redo>("redo"),
  };
}

}  // namespace convscope::session::action
