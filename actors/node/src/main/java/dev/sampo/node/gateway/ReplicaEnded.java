package dev.sampo.node.gateway;

/** What was asked of a replica that this node hosts no longer: another node goes on with it. */
public final class ReplicaEnded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ReplicaEnded() {
    super("this node does not host the replica any more", null, false, false);
  }
}
