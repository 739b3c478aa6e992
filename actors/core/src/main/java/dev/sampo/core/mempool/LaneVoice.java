package dev.sampo.core.mempool;

/** Whether a validator promises anything in lanes (RE4). */
public enum LaneVoice {
  /** It makes batches and acknowledges those of others. */
  SPEAKS,
  /**
   * It lost what it had promised, in this epoch: it holds and executes batches, but makes and
   * acknowledges none; what clients give it goes inline.
   */
  SILENT;

  /** What is right for a validator that did, or did not, ever lose its records. */
  public static LaneVoice of(boolean everLost) {
    return everLost ? SILENT : SPEAKS;
  }
}
