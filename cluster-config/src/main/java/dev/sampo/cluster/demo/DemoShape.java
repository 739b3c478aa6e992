package dev.sampo.cluster.demo;

/**
 * Validators of several nodes each.
 *
 * @param nodesPerValidator two at least
 * @param database that they share
 */
public record DemoShape(int nodesPerValidator, DemoDatabase database) {}
