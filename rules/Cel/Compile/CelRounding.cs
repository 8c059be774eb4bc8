namespace MallVip.Rules.Cel;

/// <summary>What happens to the digits that do not fit.</summary>
public enum CelRounding
{
    /// <summary>To the nearest; a tie goes to the even digit.</summary>
    HalfEven,

    /// <summary>To the nearest; a tie goes away from zero.</summary>
    HalfUp,

    /// <summary>Toward zero.</summary>
    Down,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Toward minus infinity.</summary>
    Floor,

    /// <summary>Toward plus infinity.</summary>
    Ceil,
}
