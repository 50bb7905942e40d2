#include "core/session/edit.h"

#include "core/session/action/rows.h"
#include "core/session/history.h"

namespace convscope::session::action {

std::vector<Row> edit_rows() {
  return {
      row<SetValue, set_value,
          [](Fields& fields, SetValue& a) {
            fields.target(a.target);
            fields.value("value", a.value);
            fields.commit(a.commit);
          }>("set_value"),
      row<Commit, [](Session& session) { close_drag(session.document); }>("commit"),
      row<SetSpec, set_spec,
          [](Fields& fields, SetSpec& a) {
            fields.spec(a.spec);
            fields.commit(a.commit);
          }>("set_spec"),
      row<SetFilter, set_filter,
          [](Fields& fields, SetFilter& a) {
            fields.integer("filter", a.filter);
            fields.values("values", a.values);
          }>("set_filter"),
      row<SetRelu, set_relu, [](Fields& fields, SetRelu& a) { fields.boolean("relu", a.relu); }>(
          "set_relu"),
      row<SetTraining, set_training,
          [](Fields& fields, SetTraining& a) {
            fields.optimizer(a.optimizer);
            if (fields.has("steps", true)) {
              fields.integer("steps", a.steps);
            }
            fields.commit(a.commit);
          }>("set_training"),
      row<SetStart, set_start, [](Fields& fields, SetStart& a) { fields.integer("seed", a.seed); }>(
          "set_start"),
      row<DrawTarget, draw_target,
          [](Fields& fields, DrawTarget& a) { fields.boolean("draw", a.draw); }>("draw_target"),
      row<ResetScene, reset_scene>("reset_scene"),
      row<DropDraft, [](Session& session) { session.transient.draft.reset(); }>("drop_draft"),
      row<Undo, undo>("undo"),
      row<Redo, redo>("redo"),
  };
}

}  // namespace convscope::session::action
