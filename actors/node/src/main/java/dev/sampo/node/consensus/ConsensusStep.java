package dev.sampo.node.consensus;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Input;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One input that the engine took, in a flight recording; costs next to nothing outside of one. */
@Name("dev.sampo.ConsensusStep")
@Label("Consensus step")
@Category("Sampo")
@Description("One input that the consensus engine took, without the effects that followed")
@StackTrace(false)
final class ConsensusStep extends Event {

  @Label("Input")
  String input = "";

  @Label("View")
  @Description("The engine's view after the step")
  long view;

  @Label("Effects")
  int effects;

  private ConsensusStep() {}

  static ConsensusStep start() {
    var step = new ConsensusStep();
    step.begin();
    return step;
  }

  void stop(Input taken, ConsensusEngine engine, int effectsGiven) {
    end();
    if (shouldCommit()) {
      input =
          taken instanceof Input.MessageReceived message
              ? message.message().message().getClass().getSimpleName()
              : taken.getClass().getSimpleName();
      view = engine.status().view().number();
      effects = effectsGiven;
      commit();
    }
  }
}
