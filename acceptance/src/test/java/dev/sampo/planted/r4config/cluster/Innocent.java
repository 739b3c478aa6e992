package dev.sampo.planted.r4config.cluster;

import com.typesafe.config.Config;

/** Configuration is read here. */
record Innocent(Config config) {}
