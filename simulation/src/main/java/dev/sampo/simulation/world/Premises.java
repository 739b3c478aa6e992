package dev.sampo.simulation.world;

import dev.sampo.core.execution.ExecutedBlock;
import java.util.List;

/**
 * What the validators of a world run on, if those of other worlds run on it too: one time, and
 * links, disks and processors that each of them has to wait for. Validators are named by their
 * indices in this world.
 */
public interface Premises {

  /** Orders what happens in all worlds on these premises; who built them lets time pass. */
  EventQueue queue();

  /** Brings a message of so many encoded bytes to another validator, and only then lets it act. */
  void carry(int from, int to, int bytes, Runnable arrival);

  /** How many nanoseconds from now a validator's disk will have synced one write more. */
  long write(int validator);

  /** How many nanoseconds from now a validator's processors will have executed these blocks. */
  long execute(int validator, List<ExecutedBlock> blocks);
}
