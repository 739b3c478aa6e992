package dev.sampo.simulation.proxy;

/**
 * What a link has carried.
 *
 * @param connections open now
 * @param bytes read from both sides since the start
 * @param broken connections that were reset or whose peer could not be reached
 */
public record LinkTraffic(int connections, long bytes, long broken) {}
