#include "core/session/edit.h"

#include "core/session/action/rows.h"
#include "core/session/history.h"

namespace convscope::session::action {
namespace {

// A cell of the stage tensors stands for one of the layer's own.
std::string change_of_value(const Action& action) {
  switch (std::get<SetValue>(action).target.tensor) {
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

std::string change_of_relu(const Action& action) {
  return std::get<SetRelu>(action).relu ? "add_relu" : "remove_relu";
}

std::string change_of_target(const Action& action) {
  return std::get<DrawTarget>(action).draw ? "draw_target" : "drop_target";
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
      row<SetRelu, set_relu, [](Fields& fields, SetRelu& a) { fields.boolean("relu", a.relu); }>(
          "set_relu", change_of_relu),
      row<SetTraining, set_training,
          [](Fields& fields, SetTraining& a) {
            fields.optimizer(a.optimizer);
            if (fields.has("steps", true)) {
              fields.integer("steps", a.steps);
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
