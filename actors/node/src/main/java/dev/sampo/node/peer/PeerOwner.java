package dev.sampo.node.peer;

import org.apache.pekko.actor.typed.ActorRef;

/** Whom a {@link PeerNetwork} gives the frames of its peers, and whom it tells its events. */
public record PeerOwner(FrameRecipient frames, ActorRef<PeerEvent> events) {}
