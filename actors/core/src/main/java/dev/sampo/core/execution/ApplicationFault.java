package dev.sampo.core.execution;

/** An exception that an application threw at a transaction, for the node's log. */
public record ApplicationFault(int index, RuntimeException cause) {}
