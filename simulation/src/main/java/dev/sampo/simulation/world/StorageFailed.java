package dev.sampo.simulation.world;

/** A simulated disk failed or is damaged: the process that reads or writes it must stop. */
final class StorageFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageFailed(String reason) {
    super(reason);
  }
}
