package dev.sampo.simulation.world;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * All that will happen, by virtual time. Events of one moment happen in an order that the seed
 * draws, so that timers, messages and finished writes meet in every order.
 */
public final class EventQueue {

  /** What an event is about; its ordinal goes into the event hash. */
  public enum Kind {
    START,
    MESSAGE,
    TIMER,
    DISK,
    ROLE,
    CLIENT,
    FAULT,
    LINK
  }

  private record Event(long at, long tie, long number, Kind kind, long detail, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      if (byTime != 0) {
        return byTime;
      }
      int byTie = Long.compare(tie, other.tie);
      return byTie != 0 ? byTie : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final SplittableRandom ties;
  private long nanos;
  private long planned;
  private long happened;
  private long hash;

  /** Begins at 0. */
  public EventQueue(SplittableRandom ties) {
    this.ties = ties;
  }

  /**
   * Lets {@code action} happen so many nanoseconds from now, in the order that the seed draws.
   *
   * @param detail what tells this event from another of its kind: validator, message and so on
   */
  public void plan(long after, Kind kind, long detail, Runnable action) {
    queue.add(new Event(nanos + after, ties.nextLong(), planned++, kind, detail, action));
  }

  /** Lets the next event happen; false if there is none up to {@code end}. */
  public boolean next(long end) {
    var event = queue.peek();
    if (event == null || event.at > end) {
      nanos = end;
      return false;
    }
    queue.remove();
    nanos = event.at;
    happened++;
    hash = mix(hash ^ mix(event.at * 31 + event.kind.ordinal()) ^ mix(event.detail));
    event.action.run();
    return true;
  }

  /** The time of the event that happens now. */
  public long nanos() {
    return nanos;
  }

  /** How many events have happened. */
  public long happened() {
    return happened;
  }

  /** Over all events so far in their order; equal for equal runs. */
  public long hash() {
    return hash;
  }

  int size() {
    return queue.size();
  }

  static long mix(long value) {
    long z = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
