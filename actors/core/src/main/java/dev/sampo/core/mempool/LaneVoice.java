package dev.sampo.core.mempool;

/** Whether a validator that starts may speak in lanes at once (RE4). */
public enum LaneVoice {
  /** It never lost what it promised: it makes batches and acknowledges those of others. */
  SPEAKS,
  /**
   * It did, so that it has an incarnation of its own. Until a quorum of others has stored that, it
   * holds and executes batches, but makes and acknowledges none; what clients give it goes inline.
   */
  SILENT;

  /** What is right for a validator that did, or did not, ever lose its records. */
  public static LaneVoice of(boolean everLost) {
    return everLost ? SILENT : SPEAKS;
  }
}
