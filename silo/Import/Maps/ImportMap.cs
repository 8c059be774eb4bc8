using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Values;

namespace MallVip.Silo.Import.Maps;

/// <summary>A MAP.yaml, read and checked against the files it names.</summary>
internal sealed record ImportMap
{
    public required CsvDialect Dialect { get; init; }
    public required TimeRules Times { get; init; }
    public required IReadOnlyList<JoinMap> Joins { get; init; }

    /// <summary>Rows with the same text here make one group; null: each row is its own.</summary>
    public Column? GroupBy { get; init; }

    /// <summary>The file keeps the rows of a group together, so that they need not be sorted.</summary>
    public bool GroupsTogether { get; init; }

    /// <summary>Event types in the order in which they are sent at one instant.</summary>
    public required IReadOnlyList<string> TieOrder { get; init; }

    public required IReadOnlyList<EmitMap> Emits { get; init; }
    public MemberMap? Member { get; init; }
}

/// <summary>A second file, looked up by a key.</summary>
/// <param name="Path">Relative to the map's folder.</param>
/// <param name="Dialect">How it is written.</param>
/// <param name="Key">Position of its key column.</param>
/// <param name="On">The column whose text is looked up.</param>
/// <param name="RejectMissing">A row without partner is rejected; else its joined columns are empty.</param>
internal sealed record JoinMap(string Path, CsvDialect Dialect, int Key, Column On, bool RejectMissing);

/// <summary>Which row of a group tells the time of its event.</summary>
internal enum TimePick
{
    Same,
    Earliest,
    Latest,
}

/// <summary>One event made from a row or group.</summary>
internal sealed record EmitMap(
    Template Type,
    Template Id,
    Template Source,
    Template Subject,
    Template Time,
    TimePick Pick,
    IReadOnlyList<Condition> When,
    ObjectValue Data)
{
    /// <summary>Columns in which all rows of a group must agree.</summary>
    public IEnumerable<Column> SharedColumns =>
        new[] { Type, Id, Source, Subject }.SelectMany(template => template.Columns)
            .Concat(Pick == TimePick.Same ? Time.Columns : [])
            .Concat(When.Select(condition => condition.Column))
            .Concat(Data.SharedColumns);
}

/// <summary>A member made from a row or group.</summary>
internal sealed record MemberMap(
    Template Id,
    Template Source,
    Template EnrolledAt,
    IReadOnlyList<Template> Identities,
    ObjectValue Attributes,
    IReadOnlyList<WalletMap> Wallets,
    Template? TierId,
    Template? TierUntil,
    IReadOnlyList<TagMap> Tags)
{
    /// <summary>Columns in which all rows of a group must agree; lots and tags are read from each
    /// row.</summary>
    public IEnumerable<Column> SharedColumns =>
        new[] { Id, Source, EnrolledAt, TierId, TierUntil }.Concat(Identities)
            .SelectMany(template => template?.Columns ?? []).Concat(Attributes.SharedColumns);
}

/// <summary>The lots of one wallet, each read from every row of the group.</summary>
internal sealed record WalletMap(string Name, IReadOnlyList<LotMap> Lots);

/// <summary>A lot: left out where the amount is empty or zero.</summary>
internal sealed record LotMap(Column Amount, Template? Expires, Template? Activates);

/// <summary>Tags: left out where a column is empty.</summary>
/// <param name="Split">Parts of the text that are a tag each; empty: the text is one.</param>
internal sealed record TagMap(Template Tag, Template? Until, string Split);
