namespace MallVip.Silo.Publishing;

/// <summary>Exit codes of the verbs that talk to a running silo about its programme.</summary>
public static class PublishExit
{
    public const int Done = 0;

    /// <summary>The silo was not reached, or refused the call as such.</summary>
    public const int Refused = 1;

    /// <summary>The files have mistakes; nothing was published.</summary>
    public const int Mistakes = 2;

    /// <summary>Somebody has published meanwhile; nothing was published.</summary>
    public const int Changed = 3;
}
