namespace MallVip.Grains.Journal;

/// <summary>How a journal on PostgreSQL is opened.</summary>
public sealed record PostgresOptions
{
    /// <summary>Npgsql's connection string; its Search Path names the schema. It may hold a password: it is
    /// never logged and not part of <see cref="ToString"/>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Whether other processes may write to the database at the same time, each under the lowest
    /// number that is free when it starts. False: this is the only one, and others are refused.
    /// Default false.</summary>
    public bool IsShared { get; init; }

    /// <summary>The cluster whose silos share it: another's are refused. Null: any. Default null.</summary>
    public string? Cluster { get; init; }

    /// <summary>The address and port at which the other silos reach this one; null: they do not. Default
    /// null.</summary>
    public string? Address { get; init; }

    /// <summary>This process's number among those that write to the database, from 1. Two with one number
    /// refuse each other. Default 1; on a shared one: whichever is free.</summary>
    public int Writer { get; init; } = 1;

    /// <summary>Grains whose newest place is remembered, so that their appends need not ask for it; about 100
    /// bytes each. Default 262,144.</summary>
    public int RememberedHeads { get; init; } = 262_144;

    /// <summary>How long a remembered place is believed, by the database's clock, before the database is
    /// asked again. Default 1 h.</summary>
    internal TimeSpan HeadsBelieved { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a reader waits for older transactions before it gives up with
    /// <see cref="JournalUnsettledException"/>. Default 10 s.</summary>
    public TimeSpan SettleWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>This machine's clock, to be held against the database's. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens a database that a move has not finished filling: for the move itself. Default
    /// false.</summary>
    internal bool MayBeHalfMoved { get; init; }

    public override string ToString() => $"PostgreSQL, writer {Writer}";
}
