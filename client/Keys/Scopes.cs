namespace MallVip.Client.Keys;

/// <summary>What a key may do.</summary>
[Flags]
public enum Scopes
{
    None = 0,
    /// <summary>Look members, ledgers and the live feed up.</summary>
    Read = 1,
    /// <summary>Send events, register, spend, tag, link, claim.</summary>
    Write = 2,
    /// <summary>Correct balances and run imports: what a till must not do.</summary>
    Operate = 4,
    All = Read | Write | Operate,
}

/// <summary>The scope that an endpoint asks for; an endpoint without one is open.</summary>
/// <param name="Scope">One scope.</param>
public sealed record RequiredScope(Scopes Scope);
