namespace MallVip.Silo.Import;

/// <summary>What became of one line.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>New, and taken.</summary>
    public sealed record Accepted : ImportOutcome
    {
        /// <summary>The one instance.</summary>
        public static readonly Accepted Instance = new();
    }

    /// <summary>Known already: nothing changed.</summary>
    public sealed record Duplicate : ImportOutcome
    {
        /// <summary>The one instance.</summary>
        public static readonly Duplicate Instance = new();
    }

    /// <summary>Refused; its rows go to the reject file.</summary>
    /// <param name="Code">The rejection's stable code.</param>
    /// <param name="Reason">A sentence for the operator.</param>
    public sealed record Rejected(string Code, string Reason) : ImportOutcome;
}
